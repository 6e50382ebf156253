import { readPreference, writePreference } from '@/lib/preferences';
import { createStore } from '@/lib/store';

export type ThemeName = 'light' | 'dark';

function firstTheme(): ThemeName {
  const kept = readPreference('theme');
  if (kept === 'light' || kept === 'dark') return kept;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export const themeStore = createStore<ThemeName>('light');

/** Takes effect at once and is kept. */
export function setTheme(name: ThemeName): void {
  writePreference('theme', name);
  showTheme(name);
}

export function startTheme(): void {
  showTheme(firstTheme());
}

function showTheme(name: ThemeName): void {
  document.documentElement.dataset.theme = name;
  themeStore.set(name);
}

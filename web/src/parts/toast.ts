import { createStore } from '@/lib/store';

export interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad' | 'note';
  readonly text: string;
}

const SHOWN_MAX = 2;
const SHOWN_MS = 5_000;

let last = 0;

export const toasts = createStore<readonly Toast[]>([]);

function show(tone: Toast['tone'], text: string): void {
  last += 1;
  const id = last;
  toasts.update((now) => [...now.filter((one) => one.text !== text), { id, tone, text }].slice(-SHOWN_MAX));
  setTimeout(() => toasts.update((now) => now.filter((one) => one.id !== id)), SHOWN_MS);
}

/** A short word about something that was just done, or could not be. */
export const toast = {
  good: (text: string) => show('good', text),
  bad: (text: string) => show('bad', text),
  /** What somebody else did. */
  note: (text: string) => show('note', text),
} as const;

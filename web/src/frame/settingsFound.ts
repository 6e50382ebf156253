import * as en from '@/i18n/en/settings-sections';
import * as zh from '@/i18n/zh/settings-sections';
import { sectionsFor, type SettingsSection } from '@/parts/settingsSections';

export interface FoundSection extends SettingsSection {
  /** What it is called in the language that is spoken. */
  readonly label: string;
}

/** As it is compared: neither case nor spaces count. */
export const plain = (text: string): string => text.toLowerCase().replace(/ /g, '');

/**
 * Pages of the settings that are called by what was typed, in either language, or begin with it behind the word for settings. Without
 * anything typed there are none: the settings are a page of their own then.
 */
export function settingsFound(typed: string, tongue: string, permissions: readonly string[]): readonly FoundSection[] {
  const wanted = plain(typed);
  if (wanted === '') return [];
  const spoken = tongue === 'zh' ? zh : en;
  return sectionsFor(permissions)
    .filter(({ name }) =>
      [zh, en].some(
        ({ title, sections }) =>
          plain(sections[name]).includes(wanted) || plain(`${title}${sections[name]}`).startsWith(wanted),
      ),
    )
    .map((section) => ({ ...section, label: spoken.sections[section.name] }));
}

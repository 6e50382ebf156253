import { readPreference } from './preferences';

export type Tongue = 'zh' | 'en';

/** What was chosen before, else what the browser speaks. */
export function firstTongue(): Tongue {
  const kept = readPreference('language');
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

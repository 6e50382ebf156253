import i18next, { type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { writePreference } from '@/lib/preferences';
import { firstTongue, type Tongue } from '@/lib/tongue';

export type LoadWords = (tongue: Tongue) => Promise<Resource[string][string]>;

let load: LoadWords | null = null;

/** Starts with one language; the other one follows in the background, so that a switch is immediate. */
export async function startWords(loadWords: LoadWords): Promise<void> {
  load = loadWords;
  const tongue = firstTongue();
  await i18next.use(initReactI18next).init({
    lng: tongue,
    resources: { [tongue]: { translation: await loadWords(tongue) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = tongue === 'zh' ? 'zh-CN' : 'en';
}

export async function speak(tongue: Tongue): Promise<void> {
  if (!i18next.hasResourceBundle(tongue, 'translation') && load !== null) {
    i18next.addResourceBundle(tongue, 'translation', await load(tongue));
  }
  writePreference('language', tongue);
  await i18next.changeLanguage(tongue);
  document.documentElement.lang = tongue === 'zh' ? 'zh-CN' : 'en';
}

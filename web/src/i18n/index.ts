import i18next, { type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { writePreference } from '@/lib/preferences';
import { firstTongue, type Tongue } from '@/lib/tongue';

export type LoadWords = (tongue: Tongue) => Promise<Resource[string][string]>;

let load: LoadWords | null = null;
let hasStarted: () => void = () => undefined;
const started = new Promise<void>((resolve) => {
  hasStarted = resolve;
});

/** Words of pages that were opened, with the languages they are there in. */
const opened = new Map<LoadWords, Set<Tongue>>();

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
  hasStarted();
}

export async function speak(tongue: Tongue): Promise<void> {
  if (!i18next.hasResourceBundle(tongue, 'translation') && load !== null) {
    i18next.addResourceBundle(tongue, 'translation', await load(tongue));
  }
  await Promise.all([...opened.keys()].map((words) => addTo(tongue, words)));
  writePreference('language', tongue);
  await i18next.changeLanguage(tongue);
  document.documentElement.lang = tongue === 'zh' ? 'zh-CN' : 'en';
}

/** Adds the words of a page before it is shown, and from then on in every language that is chosen. */
export async function addWords(words: LoadWords): Promise<void> {
  // A page may be asked for before the first words are there.
  await started;
  if (!opened.has(words)) opened.set(words, new Set());
  await addTo(i18next.language as Tongue, words);
}

async function addTo(tongue: Tongue, words: LoadWords): Promise<void> {
  const there = opened.get(words);
  if (there === undefined || there.has(tongue)) return;
  i18next.addResourceBundle(tongue, 'translation', await words(tongue), true);
  there.add(tongue);
}

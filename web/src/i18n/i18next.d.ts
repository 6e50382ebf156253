import 'i18next';
import type { words } from './zh';
import type { later } from './zh/later';
import type { soundPage } from './zh/sound';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof words & typeof later & typeof soundPage };
  }
}

import 'i18next';
import type { words } from './zh';
import type { audioPanel } from './zh/audio';
import type { conversations } from './zh/conversations';
import type { floor } from './zh/floor';
import type { later } from './zh/later';
import type { soundPage } from './zh/sound';
import type { story } from './zh/story';
import type { visitor } from './zh/visitor';

interface Opened {
  conversations: typeof conversations;
  floor: typeof floor;
  story: typeof story;
  visitor: typeof visitor;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof words & typeof later & typeof soundPage & typeof audioPanel & Opened };
  }
}

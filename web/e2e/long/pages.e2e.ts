import { test } from 'vitest';

import { centre } from '../support/centre';
import { goTo, listPages, looksGood } from '../support/pages';

const here = centre();
const LOOKS_MS_MAX = 300_000;

test(
  'lists, records and settings in each language at each width, light and dark',
  { timeout: LOOKS_MS_MAX },
  async () => {
    const desk = await here.desk('admin');
    for (const [scene, path] of await listPages(here.server)) {
      await goTo(desk, here.server, path);
      await looksGood(desk, scene);
    }
    await desk.context.browser()?.close();
  },
);

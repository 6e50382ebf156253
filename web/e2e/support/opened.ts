import { afterAll, afterEach, beforeAll } from 'vitest';

/**
 * Opens what the stories of a file need before them and closes it after them. A story that failed leaves calls, names and states behind;
 * everything is opened anew for its next try, so that it fails again only by itself.
 */
export function opened(open: () => Promise<void>, close: () => Promise<void>) {
  beforeAll(open);
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await close();
    await open();
  });
  afterAll(close);
}

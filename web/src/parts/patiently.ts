/** How often a file is asked for while the line is down, and how far apart. */
const TRIES = 10;
const APART_MS = 2_000;

/** Whatever the server answers, it can be reached. */
async function reached(): Promise<void> {
  await fetch('/', { method: 'HEAD', cache: 'no-store' });
}

/**
 * Loads a part of the page that comes later, again and again while it cannot be had: a line that is down for a moment must not take the page away.
 * Chromium (148) asks for a module that could not be fetched once in the life of a page; so it is not asked for before the server can be reached.
 * After an upgrade the file of an open page is gone; then it fails in the end.
 */
export async function patiently<T>(load: () => Promise<T>, reach: () => Promise<void> = reached): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      await reach();
      return await load();
    } catch (error) {
      if (tries >= TRIES) throw error;
      await new Promise((done) => setTimeout(done, APART_MS));
    }
  }
}

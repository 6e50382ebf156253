/** How often a file is asked for while the line is down, and how far apart. */
const TRIES = 10;
const APART_MS = 2_000;

/**
 * Loads a part of the page that comes later, again and again while it cannot be had: a line that is down for a moment must not take the page away. After
 * an upgrade the file of an open page is gone; then it fails in the end.
 */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load();
    } catch (error) {
      if (tries >= TRIES) throw error;
      await new Promise((done) => setTimeout(done, APART_MS));
    }
  }
}

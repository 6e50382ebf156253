/** How often a file that cannot be had is asked for, and how far apart. */
const TRIES = 10;
const APART_MS = 2_000;

/** A proxy in front of a server that is down answers for it. */
const ABSENT = [502, 503, 504];

async function reached(): Promise<void> {
  const { status } = await fetch('/', { method: 'HEAD', cache: 'no-store' });
  if (ABSENT.includes(status)) throw new Error(`the server is not there (${status})`);
}

/**
 * Loads a part of the page that comes later, again and again while it cannot be had: a line that is down for a moment must not take the page away.
 * Chromium (148) asks for a module that could not be fetched once in the life of a page; so it is not asked for before the server can be reached.
 * However long that lasts is no matter. After an upgrade the file of an open page is gone; then it fails in the end.
 */
export async function patiently<T>(load: () => Promise<T>, reach: () => Promise<void> = reached): Promise<T> {
  for (let failures = 0; ; await new Promise((done) => setTimeout(done, APART_MS))) {
    try {
      await reach();
    } catch {
      continue;
    }
    try {
      return await load();
    } catch (error) {
      failures += 1;
      if (failures >= TRIES) throw error;
    }
  }
}

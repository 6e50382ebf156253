const STEP_MS = 25;

/** Waits until `check` holds; the only wait of these tests that looks at the clock. */
export async function until(what: string, limitMs: number, check: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + limitMs;
  for (;;) {
    if (await check()) return;
    if (Date.now() > end) throw new Error(`within ${limitMs} ms it did not come true that ${what}`);
    await new Promise((done) => setTimeout(done, STEP_MS));
  }
}

/** Time in which something must NOT happen. */
export async function pass(ms: number): Promise<void> {
  await new Promise((done) => setTimeout(done, ms));
}

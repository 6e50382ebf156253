/** Small choices kept in the browser. A browser that refuses storage gets the defaults. */
export function readPreference(name: string): string | null {
  try {
    return localStorage.getItem(`callisto.${name}`);
  } catch {
    return null;
  }
}

export function writePreference(name: string, value: string): void {
  try {
    localStorage.setItem(`callisto.${name}`, value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a directory with its bytes, as Latin-1 so that a search for ASCII finds what is there. */
export function allFilesOf(dir: string): { path: string; bytes: string }[] {
  const entries = readdirSync(dir, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((path) => ({ path, bytes: readFileSync(path, 'latin1') }));
}

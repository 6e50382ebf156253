import { execFileSync } from 'node:child_process';

/** Files below `dir` that hold one of `secrets` as UTF-8 bytes, `demo.json` aside. */
export function filesHolding(dir: string, secrets: string[]): string[] {
  const found: string[] = [];
  for (const secret of secrets) {
    try {
      const files = execFileSync('grep', ['-raFl', '--exclude=demo.json', '--', secret, dir], { encoding: 'utf8' });
      found.push(
        ...files
          .trim()
          .split('\n')
          .map((file) => `${secret} in ${file}`),
      );
    } catch (error) {
      // grep says 1 when it found nothing.
      if ((error as { status?: number }).status !== 1) throw error;
    }
  }
  return found;
}

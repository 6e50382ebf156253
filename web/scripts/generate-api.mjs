// Writes src/api/generated/schema.ts from docs/generated/openapi.json; with --check fails when the two have parted.
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../docs/generated/openapi.json', import.meta.url);
const target = new URL('../src/api/generated/schema.ts', import.meta.url);

const ast = await openapiTS(source, { alphabetize: true, immutable: false });
const text = `/* Generated from docs/generated/openapi.json by npm run generate; do not edit. */\n\n${astToString(ast)}`;

if (process.argv.includes('--check')) {
  const committed = await readFile(target, 'utf8').catch(() => '');
  if (committed !== text) {
    console.error('src/api/generated/schema.ts is out of date: run npm run generate');
    process.exit(1);
  }
} else {
  await mkdir(new URL('.', target), { recursive: true });
  await writeFile(target, text);
}

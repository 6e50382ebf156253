// What the browser must fetch before the desk (and the visitor page) can be seen, compressed; fails above the budget.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = { desk: 340, visitor: 130 };
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

function closure(names) {
  const files = new Set();
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`no chunk ${name} in the manifest`);
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const next of chunk.imports ?? []) visit(next);
  };
  names.forEach(visit);
  return [...files];
}

async function kilobytes(files) {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(new URL(file, dist))).length;
  return Math.round(bytes / 1000);
}

const loads = {
  desk: ['index.html', 'src/app.tsx', 'src/i18n/zh/index.ts'],
  visitor: ['index.html', 'src/features/visitor/start.tsx', 'src/i18n/zh/visitor-page.ts'],
};
let over = false;
for (const [name, entries] of Object.entries(loads)) {
  const size = await kilobytes(closure(entries));
  over ||= size > BUDGET_KB[name];
  console.log(`${name}: ${size} KB gzip of ${BUDGET_KB[name]}`);
}
process.exit(over ? 1 : 0);

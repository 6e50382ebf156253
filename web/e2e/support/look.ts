import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { until } from './until';

/** Where pictures are put for people to look at; without it the pages are judged and no picture is kept. */
const folder = process.env.CALLISTO_SCREENS;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const SETTLE_MS = 250;

if (folder !== undefined) mkdirSync(folder, { recursive: true });

/**
 * Looks at what the page shows in both languages, light and dark, at a desk's and a telephone's width; returns what is wrong. Without
 * pictures four of the eight are looked at: each language at each width, each theme with both. Of these `few` leaves two, which
 * between them have each language, theme and width once.
 */
export async function faultsOf(page: Page, scene: string, few = false): Promise<string[]> {
  const faults: string[] = [];
  for (const language of ['zh-CN', 'en'] as const) {
    await choose(page, 'language-switch', () => document.documentElement.lang, language);
    for (const theme of ['light', 'dark'] as const) {
      await choose(page, 'theme-switch', () => document.documentElement.dataset.theme, theme);
      for (const size of [WIDE, NARROW]) {
        // Of every two of language, theme and width, each pair once: words at a width, and colours. The others are for pictures alone.
        const deep = (language === 'zh-CN') === ((theme === 'light') === (size === WIDE));
        const both = (language === 'zh-CN') === (theme === 'light') && (theme === 'light') === (size === WIDE);
        if (folder === undefined && !(few ? both : deep)) continue;
        await page.setViewportSize(size);
        await page.waitForTimeout(SETTLE_MS);
        const name = `${scene}.${language.slice(0, 2)}.${theme}.${size.width}`;
        if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
        faults.push(...(await judge(page, few ? both : deep)).map((fault) => `${name}: ${fault}`));
      }
      await page.setViewportSize(WIDE);
    }
  }
  await choose(page, 'language-switch', () => document.documentElement.lang, 'zh-CN');
  await choose(page, 'theme-switch', () => document.documentElement.dataset.theme, 'light');
  return faults;
}

/** Presses the switch that a person would press, although something may lie over it. */
async function choose(page: Page, control: string, read: () => string | undefined, wanted: string) {
  if ((await page.evaluate(read)) === wanted) return;
  await page.getByTestId(control).first().dispatchEvent('click');
  await until(`${control} brings ${wanted}`, 5_000, async () => (await page.evaluate(read)) === wanted);
  await page.mouse.move(0, 0);
}

/** What is wrong with the page as it is; `deep` asks axe too, which takes most of the time. */
async function judge(page: Page, deep: boolean): Promise<string[]> {
  const faults = await page.evaluate(look);
  if (!deep) return faults;
  await page.evaluate(axe);
  return [...faults, ...(await page.evaluate(askAxe))];
}

/** Runs in the page. */
function look(): string[] {
  const faults: string[] = [];
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over > 0) faults.push(`scrolls sideways by ${over} px`);

  const scrolls = (element: Element) => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  for (const control of document.querySelectorAll('main button, main a, main input, header button')) {
    const { right, width } = control.getBoundingClientRect();
    if (width > 1 && right > window.innerWidth + 1 && !scrolls(control)) {
      faults.push(`cut off at the right: ${control.textContent.slice(0, 40)}`);
    }
  }

  // Names may end in dots; times and headings must be there whole.
  for (const whole of document.querySelectorAll('main time, main th')) {
    const frame = whole.closest('td, th') ?? whole;
    const over = whole.getBoundingClientRect().right - frame.getBoundingClientRect().right;
    if (over > 1 || frame.scrollWidth > frame.clientWidth + 1) faults.push(`clipped: ${whole.textContent}`);
  }

  const texts = [document.body.innerText];
  for (const element of document.querySelectorAll('[title], [aria-label], [placeholder]')) {
    // A row of the audit trail has the code of its action as a title, and codes look like keys of words.
    if (element.closest('[data-testid="audit-row"]') !== null) continue;
    for (const name of ['title', 'aria-label', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
  }
  const key =
    /\b(audio|audit|common|conversations|customers|desk|devices|dial|errors|floor|frame|hours|lists|plan|recording|settings|signIn|sites|story|supervise|tasks|visitor)(\.[a-z_]+)+\b|\{\{/;
  for (const text of texts) {
    const found = key.exec(text);
    if (found !== null) faults.push(`untranslated: ${found[0]}`);
  }
  return faults;
}

/** Runs in the page. */
async function askAxe(): Promise<string[]> {
  type Violation = { id: string; nodes: { target: string[]; any: { message: string }[] }[] };
  const { axe } = window as unknown as {
    axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> };
  };
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => {
    const where = nodes.slice(0, 3).map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? ''})`);
    return `axe ${id}: ${where.join(' | ')}`;
  });
}

// One headless Chromium for screenshots and accessibility checks against the mock.
import { chromium } from 'playwright-core';

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--force-color-profile=srgb'],
  });

export const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

/** Opens a page of a scenario in a language, theme and size, and collects what the console complains about. */
export async function open(browser, base, { path, scenario, language, theme, size }) {
  const context = await browser.newContext({ viewport: SIZES[size], deviceScaleFactor: 1, reducedMotion: 'reduce' });
  await context.addInitScript(
    ([lang, look]) => {
      localStorage.setItem('callisto.language', lang);
      localStorage.setItem('callisto.theme', look);
    },
    [language, theme],
  );
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const separator = path.includes('?') ? '&' : '?';
  await page.goto(`${base}${path}${separator}scenario=${scenario}&menu=off`);
  return { context, page, complaints };
}

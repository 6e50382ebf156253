// node e2e/shots.mjs <base url> <folder> [name part] [size] [language] [theme]: looks at every scene, and complains.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { launch, open } from './browser.mjs';
import { SCENES } from './scenes.mjs';

const [base, folder, part = '', onlySize = '', onlyLanguage = '', onlyTheme = ''] = process.argv.slice(2);
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
await mkdir(folder, { recursive: true });
const browser = await launch();
let faults = 0;
const variants = ['wide', 'narrow'].flatMap((size) =>
  ['zh', 'en'].flatMap((language) => ['light', 'dark'].map((theme) => ({ size, language, theme }))),
);

for (const scene of SCENES.filter((one) => one.name.includes(part))) {
  for (const variant of variants) {
    if (onlySize && variant.size !== onlySize) continue;
    if (onlyLanguage && variant.language !== onlyLanguage) continue;
    if (onlyTheme && variant.theme !== onlyTheme) continue;
    const name = `${scene.name}.${variant.size}.${variant.language}.${variant.theme}`;
    const { context, page, complaints } = await open(browser, base, { ...scene, ...variant });
    const say = (text) => {
      faults += 1;
      console.log(`${name}: ${text}`);
    };
    try {
      await page.waitForSelector('main', { timeout: 60000 });
      await page.waitForTimeout(scene.wait ?? 900);
      if (scene.act) {
        await scene.act(page);
        await page.waitForTimeout(500);
      }
      await page.screenshot({ path: `${folder}/${name}.png` });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) say(`scrolls sideways by ${over}px`);
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const violation of violations)
        say(
          `axe ${violation.id}: ${violation.nodes
            .slice(0, 3)
            .map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`)
            .join(' | ')}`,
        );
      const text = await page.evaluate(() => document.body.innerText);
      const untranslated = text.match(
        /\b(common|desk|frame|story|floor|settings|customers|conversations|visitor|errors|signIn)\.[a-z_.]+\b/,
      );
      if (untranslated) say(`untranslated ${untranslated[0]}`);
      for (const complaint of complaints) say(`console: ${complaint.slice(0, 300)}`);
    } catch (error) {
      say(String(error).slice(0, 300));
    }
    await context.close();
  }
}
await browser.close();
console.log(faults === 0 ? 'clean' : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);

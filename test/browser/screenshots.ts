// npm run screenshots: every page in every state and both themes, as pictures in .tollgate/screenshots, for people to look at. What
// follows `--` are beginnings of names of pages.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildConsole } from '../../lib/console-build.ts';
import { launchChromium } from './support/chromium.ts';
import { openConsole, themes } from './support/console-page.ts';
import { openSystem } from './support/open-system.ts';
import { calmDown, listedPages, pageStates, stateNames } from './support/pages.ts';

const folder = join(import.meta.dirname, '..', '..', '.tollgate', 'screenshots');
const wanted = process.argv.slice(2);
const sizes = [
  ['wide', 1440, 900],
  ['narrow', 320, 640],
] as const;

await buildConsole();
if (wanted.length === 0) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const [system, browser] = await Promise.all([openSystem(), launchChromium()]);
try {
  for (const { name, path } of listedPages) {
    if (wanted.length > 0 && !wanted.some((beginning) => name.startsWith(beginning))) continue;
    for (const state of stateNames) {
      for (const theme of themes) {
        for (const [size, width, height] of sizes) {
          if (size === 'narrow' && (state !== 'full' || theme !== 'light')) continue;
          const options = { theme, width, height, hasAxe: false, ...pageStates[state](system) };
          const { page, close } = await openConsole(browser, system, path(system), options);
          await calmDown(page, state);
          await page.screenshot({ path: join(folder, `${name}-${state}-${theme}-${size}.png`) });
          await close();
        }
      }
    }
  }
  console.log(folder);
} finally {
  await browser.close();
  await system.stop();
}

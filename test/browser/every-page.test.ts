// Every page of the console, in every state and both themes: no fault, nothing that axe objects to, and usable at 320 pixels.
import { describe, expect, test } from '@jest/globals';
import { axeViolations } from './support/axe.ts';
import { switchTheme, themes, useConsole } from './support/console.ts';
import { calmDown, expectedErrors, listedPages, pageStates, stateNames } from './support/pages.ts';

const { open, system } = useConsole();

describe.each(listedPages)('the page $name', ({ path }) => {
  test.each(stateNames)('has no fault when it is %s, in both themes', async (state) => {
    const { page, guard } = await open(path(system()), pageStates[state](system()));
    const expected = expectedErrors[state];
    if (expected) guard.expect(expected);
    await calmDown(page, state);
    expect(await page.title()).toContain('Tollgate');
    for (const theme of themes) {
      await switchTheme(page, theme);
      expect({ theme, found: await axeViolations(page) }).toEqual({ theme, found: [] });
    }
  });

  test('fits into 320 pixels', async () => {
    const { page } = await open(path(system()), { width: 320, height: 640, hasAxe: false });
    await calmDown(page, 'full');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

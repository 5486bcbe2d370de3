// The sign-in page, and what a key in the address does.
import { describe, expect, test } from '@jest/globals';
import { axeViolations } from './support/axe.ts';
import { themes, useConsole } from './support/console.ts';

const consoleUnderTest = useConsole();
const { open } = consoleUnderTest;

describe('the sign-in page', () => {
  test.each(themes)('is without fault in the %s theme', async (theme) => {
    const { page } = await open('/', { key: null, theme });
    expect(await page.title()).toContain('Tollgate');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('a key in the address signs in, and is gone from the address', async () => {
    const { page } = await open('/events');
    await page.getByRole('main').waitFor();
    expect(page.url()).toBe(`${consoleUnderTest.system().url}/console/events`);
    expect(await page.evaluate(() => Object.values(window.localStorage).join())).not.toContain('sk_');
  });
});

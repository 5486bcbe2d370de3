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

  test('a key that is wrong is refused at its field, and the right one opens the page that was asked for', async () => {
    const { page, guard } = await open('/events?range=1h', { key: null });
    guard.expect(/401/);
    const field = page.getByLabel('API key', { exact: true });
    await field.fill('sk_wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('This key is not accepted: unknown, revoked or expired.').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill(consoleUnderTest.system().keys.reader);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    expect(page.url()).toBe(`${consoleUnderTest.system().url}/console/events?range=1h`);
  });

  test('a wrong key in the address is refused in the same words', async () => {
    const { page, guard } = await open('/events', { key: 'sk_wrong' });
    guard.expect(/401/);
    await page.getByText('This key is not accepted: unknown, revoked or expired.').waitFor();
    expect(page.url()).not.toContain('sk_wrong');
  });

  test('a key in the address signs in, and is gone from the address', async () => {
    const { page } = await open('/events');
    await page.getByRole('main').waitFor();
    expect(page.url()).toBe(`${consoleUnderTest.system().url}/console/events`);
    expect(await page.evaluate(() => Object.values(window.localStorage).join())).not.toContain('sk_');
  });
});

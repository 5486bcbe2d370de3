// The events dashboard: its address is its state, the keyboard is enough, payloads are text, and a failure says how to ask about it.
import { describe, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { useConsole } from './support/console.ts';
import { eventOf } from './support/world.ts';

const { open } = useConsole();
const soon = { timeout: 20_000 };
jest.setTimeout(90_000);

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();
const panelOf = (page: Page) => page.getByRole('region', { name: 'The chosen event' });
const rowOf = (page: Page, id: string) => page.locator(`[data-row="${id}"]`);
const rows = (page: Page): Promise<readonly (string | null)[]> =>
  page.locator('[data-row]').evaluateAll((all) => all.map((row) => row.getAttribute('data-row')));

describe('the address', () => {
  test('shows the same in another tab, and back goes back', async () => {
    const { page } = await open('/events?range=1h');
    await button(page, 'Verdict').click(soon);
    await page.getByRole('menuitem', { name: 'not billed', exact: true }).click(soon);
    await rowOf(page, eventOf('unknownCustomer')).getByRole('link').click(soon);
    await panelOf(page).getByText('no customer has the external id').first().waitFor(soon);
    const { pathname, search } = new URL(page.url());
    expect(search).toBe(`?range=1h&verdict=failed&event=${eventOf('unknownCustomer')}`);

    const other = await open(pathname.replace('/console', '') + search);
    await panelOf(other.page).getByText('no customer has the external id').first().waitFor(soon);
    await rowOf(other.page, eventOf('wrongCustomer')).waitFor(soon);
    expect(await rows(other.page)).toEqual(await rows(page));
    expect(await rows(other.page)).not.toContain(eventOf('billed'));

    await page.goBack();
    await panelOf(page).waitFor({ state: 'detached', ...soon });
    await page.goBack();
    await rowOf(page, eventOf('billed')).waitFor(soon);
  });
});

describe('the keyboard alone', () => {
  const untilFocused = (page: Page, id: string | null | undefined): Promise<unknown> =>
    page.waitForFunction(
      (wanted) => document.activeElement?.closest('[data-row]')?.getAttribute('data-row') === wanted,
      id,
      soon,
    );
  const tabTo = async (page: Page, label: string): Promise<void> => {
    for (let count = 0; count < 20; count += 1) {
      const isThere = await page.evaluate((wanted) => {
        const active = document.activeElement;
        const isField = active instanceof HTMLInputElement || active instanceof HTMLSelectElement;
        return isField && active.labels?.[0]?.textContent.trim() === wanted;
      }, label);
      if (isThere) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way to ${label}`);
  };

  test('moves between rows, opens one and closes it', async () => {
    const { page } = await open('/events?range=1h');
    await page.locator('[data-row]').first().waitFor(soon);
    const [first, second] = await rows(page);
    await page.keyboard.press('j');
    await untilFocused(page, first);
    await page.keyboard.press('j');
    await untilFocused(page, second);
    await page.keyboard.press('k');
    await untilFocused(page, first);
    await page.keyboard.press('Enter');
    await panelOf(page).getByRole('heading', { name: 'Steps' }).waitFor(soon);
    expect(new URL(page.url()).searchParams.get('event')).toBe(first);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('event') === second);
    await page.keyboard.press('Escape');
    await panelOf(page).waitFor({ state: 'detached', ...soon });
  });

  test('adds a filter, excludes a name, and copies an id', async () => {
    const { page } = await open('/events?range=1h');
    await page.locator('[data-row]').first().waitFor(soon);
    await page.keyboard.press('f');
    const dialog = page.getByRole('dialog', { name: 'Add a filter' });
    await dialog.waitFor(soon);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached', ...soon });
    await page.keyboard.press('f');
    await dialog.waitFor(soon);
    await tabTo(page, 'Field');
    await page.keyboard.type('Source');
    await tabTo(page, 'Value');
    await page.keyboard.type('worker');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('source') === 'worker');
    await page.getByRole('button', { name: 'Remove the filter source is worker' }).waitFor(soon);
    await rowOf(page, eventOf('billed')).waitFor({ state: 'detached', ...soon });

    const [first] = await rows(page);
    await page.keyboard.press('j');
    await untilFocused(page, first);
    await page.keyboard.press('y');
    await page.getByText('Copied the id').first().waitFor(soon);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first);
    const name = await rowOf(page, first ?? '')
      .getByRole('button', { name: /^event name: /i })
      .innerText();
    await page.keyboard.press('x');
    await page.waitForURL((url) => url.searchParams.get('not') === `name=${name}`);
    await page.getByRole('button', { name: `Remove the filter event name is not ${name}` }).waitFor(soon);
    await rowOf(page, first ?? '').waitFor({ state: 'detached', ...soon });
  });
});

test('a payload that tries to be a page is text', async () => {
  const id = '<img src=x onerror=alert(1)>';
  const { page } = await open(`/events/${encodeURIComponent(id)}`);
  const main = page.getByRole('main');
  await main.getByText('</script><script>alert(1)</script>').first().waitFor(soon);
  await main.getByText(id, { exact: true }).first().waitFor(soon);
  expect(await page.title()).toContain(id);
  expect(await main.locator('img, script, b').count()).toBe(0);
  await page.getByRole('link', { name: 'In the list of events' }).click();
  await panelOf(page).getByText('</script><script>alert(1)</script>').first().waitFor(soon);
  expect(await main.locator('img, script, b').count()).toBe(0);
});

test('a list that could not be read says the request, and is read again by Retry', async () => {
  let isFailing = true;
  const { page, guard } = await open('/events?range=1h', {
    prepare: (one) =>
      one.route(
        (url) => url.pathname === '/v1/events/query',
        async (route) => {
          if (!isFailing) return route.continue();
          const error = { code: 'internal_error', message: 'An internal error occurred', http_status_code: 500 };
          return route.fulfill({
            status: 500,
            headers: { 'x-request-id': 'request-of-the-test' },
            json: { success: false, error },
          });
        },
      ),
  });
  guard.expect(/status of 500/);
  const failed = page.locator('[data-state="could-not-load"]');
  await failed.getByText('request-of-the-test').waitFor(soon);
  expect(await page.locator('[data-state="nothing-yet"], [data-state="nothing-matches"]').count()).toBe(0);
  expect(await page.locator('[data-row]').count()).toBe(0);
  isFailing = false;
  await failed.getByRole('button', { name: 'Retry' }).click();
  await rowOf(page, eventOf('billed')).waitFor(soon);
  await failed.waitFor({ state: 'detached', ...soon });
});

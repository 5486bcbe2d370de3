// The charges of a subscription: amounts that add up, and what makes nothing of usage is understood on the screen.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { decimal, formatQuantity, sumOf } from '../../shared/domain/numbers/quantity.ts';
import { axeViolations } from './support/axe.ts';
import { themes, useConsole } from './support/console.ts';
import { plain } from './support/screen.ts';
import { storedIn } from './support/world.ts';

const consoleUnderTest = useConsole();
const { open } = consoleUnderTest;
const day = 86_400_000;
const IdSchema = v.object({ id: v.string() });
const subscriptions: Record<string, string> = {};

/** Customers that the troubleshooting guide describes: below the free tier, in another period, subscribed again. */
beforeAll(async () => {
  const { api, world } = consoleUnderTest.system();
  const now = Date.now();
  const at = (msAgo: number): string => new Date(now - msAgo).toISOString();
  const create = async (path: string, body: unknown): Promise<string> =>
    v.parse(IdSchema, await api.call('POST', path, body)).id;
  const subscribe = (external_customer_id: string, startDate: string): Promise<string> =>
    create('/subscriptions', {
      external_customer_id,
      plan_id: world.plan,
      currency: 'usd',
      billing_period: 'MONTHLY',
      start_date: startDate,
    });
  for (const external_id of ['below-tier', 'other-period', 'again'])
    await create('/customers', { external_id, name: external_id });
  subscriptions['below-tier'] = await subscribe('below-tier', at(10 * day));
  subscriptions['other-period'] = await subscribe('other-period', at(50 * day));
  const former = await subscribe('again', at(10 * day));
  await api.call('POST', `/subscriptions/${former}/cancel`, { cancellation_type: 'immediate' });
  subscriptions['again'] = await subscribe('again', new Date().toISOString());
  const event = (id: string, external_customer_id: string, timestamp: string) => ({
    event_id: id,
    event_name: 'model.usage',
    external_customer_id,
    timestamp,
    properties: { tokens: 120 },
  });
  const events = [event('tier-1', 'below-tier', at(60_000)), event('period-1', 'other-period', at(30 * day))];
  await api.call('POST', '/events/bulk', { events });
  await storedIn(
    api,
    events.map(({ event_id }) => event_id),
  );
}, 60_000);

const chargesOf = (customer: string): string => `/charges/${subscriptions[customer] ?? ''}`;
const lineOf = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}, from`) });
const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).textContent()) ?? '';

describe('charges', () => {
  test('the total is the sum of the lines, and each line that of its steps', async () => {
    const { page } = await open(`/charges/${consoleUnderTest.system().world.subscription}`);
    await page.locator('[data-part=total]').waitFor();
    const amounts = await page.locator('[data-part=line-amount]').allTextContents();
    expect(amounts.length).toBeGreaterThan(1);
    const sum = sumOf(amounts.map((text) => decimal(plain(text))));
    expect(formatQuantity(sum)).toBe(formatQuantity(decimal(plain(await textOf(page, '[data-part=total]')))));
    expect(await page.locator('[data-adds-up=true]').count()).toBe(amounts.length);
    const steps = await lineOf(page, 'Tokens')
      .locator('tr[data-unit=money]:not([data-kind=total]) td:last-child')
      .allTextContents();
    const amount = await lineOf(page, 'Tokens')
      .locator('tr[data-unit=money][data-kind=total] td:last-child')
      .textContent();
    const money = (text: string) => decimal(plain(text).replace(/ USD$/, ''));
    expect(formatQuantity(sumOf(steps.map(money)))).toBe(formatQuantity(money(amount ?? '')));
  });

  test('the usage of a line opens the query of the same number', async () => {
    const { page } = await open(`/charges/${consoleUnderTest.system().world.subscription}`);
    const usage = lineOf(page, 'Tokens').getByRole('row').filter({ hasText: 'Usage' }).getByRole('link').last();
    const value = plain((await usage.textContent()) ?? '');
    await usage.click();
    await page.getByText(/which is the value\.$/).waitFor();
    expect(plain(await textOf(page, '[data-part=value]'))).toBe(value);
    await page.goBack();
    await lineOf(page, 'Tokens').waitFor();
  });

  test('usage below the free tier says so', async () => {
    const { page } = await open(chargesOf('below-tier'));
    await page.getByText('120 used, all within the allowance of 1,000: nothing is charged.').waitFor();
    expect(await textOf(page, '[data-part=total]')).toBe('0.00');
  });

  test('usage in another period is seen, and one key away', async () => {
    const { page } = await open(chargesOf('other-period'));
    await page.getByText('No event model.usage has a timestamp in this period').waitFor();
    await page.getByRole('link', { name: '1 event', exact: true }).waitFor();
    await page.keyboard.press('[');
    await page.getByText('120 used, all within the allowance').waitFor();
    expect(new URL(page.url()).searchParams.get('period')).not.toBe('');
    await page.keyboard.press(']');
    await page.getByText('No event model.usage has a timestamp in this period').waitFor();
  });

  test('a meter that is never reset and a subscription that began again are explained', async () => {
    const { page } = await open(chargesOf('again'));
    await lineOf(page, 'Tokens').getByText('Usage starts again with this subscription').waitFor();
    await lineOf(page, 'Seats').getByText('The meter is never reset').waitFor();
    await lineOf(page, 'Tokens').getByRole('link', { name: 'Charges of the subscription before' }).click();
    await page.getByText('cancelled').first().waitFor();
  });

  test('events that no line bills have their cause, and open the list of them', async () => {
    const { page } = await open(`/charges/${consoleUnderTest.system().world.subscription}`);
    const name = page.getByRole('rowheader', { name: 'Model.Usage', exact: true });
    const row = page.getByRole('row').filter({ has: name });
    await row.getByText('not billed: no meter').waitFor();
    const link = row.getByRole('link').first();
    const count = plain((await link.textContent()) ?? '');
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await page.getByText(new RegExp(`^${count} shown`)).waitFor();
  });

  test('a customer leads to its subscription, or to the choice of them', async () => {
    const { page } = await open('/charges?customer=below-tier');
    await page.getByRole('heading', { level: 1, name: 'Charges of below-tier' }).waitFor();
    await page.waitForURL(`**${chargesOf('below-tier')}`);
    const both = await open('/charges?customer=again');
    await both.page.getByRole('cell', { name: 'cancelled' }).waitFor();
    const nobody = await open('/charges?customer=Again');
    await nobody.page.getByText('No subscription of this customer').waitFor();
  });

  test('a subscription that does not exist is said to be none', async () => {
    const { page, guard } = await open('/charges/subs_nothing');
    guard.expect(/404/);
    await page.getByText('No such subscription').waitFor();
  });

  test.each(themes)('is without fault by axe in the %s theme', async (theme) => {
    const { page } = await open(`/charges/${consoleUnderTest.system().world.subscription}`, { theme });
    await page.locator('[data-part=total]').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await axeViolations(page)).toEqual([]);
  });
});

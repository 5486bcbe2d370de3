// The catalog by clicking: everything that bills an event is made, changed and repaired without a command.
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { axeViolations } from './support/axe.ts';
import { useConsole } from './support/console.ts';
import { eventOf } from './support/world.ts';

const { open, system } = useConsole();

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
const choose = (page: Page, label: string, option: string) =>
  page.getByLabel(label, { exact: true }).selectOption({ label: option });
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

/** Returns the value of a date-time input in the zone of the browser. */
const inBerlin = (time: number): string =>
  new Date(time).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).replace(' ', 'T');

const StatusSchema = v.object({ status: v.string() });
const IdSchema = v.object({ id: v.string() });
const ListSchema = v.object({ items: v.array(v.object({ id: v.string(), name: v.string() })) });
const statusOf = async (id: string): Promise<string> =>
  v.parse(StatusSchema, await system().api.call('GET', `/events/lookup?id=${id}`)).status;
const meterNamed = async (name: string): Promise<string> => {
  const { items } = v.parse(ListSchema, await system().api.call('GET', '/meters?limit=100'));
  return items.find((one) => one.name === name)?.id ?? '';
};

describe('creating', () => {
  test('a customer, a meter, a plan with a free tier and an allowance, and a subscription', async () => {
    const { page } = await open('/customers');
    await button(page, 'New customer').click();
    await fill(page, 'External id', 'hooli');
    await fill(page, 'Name', 'Hooli');
    await button(page, 'Create customer').click();
    await heading(page, 'Hooli').waitFor();
    await page.getByText('This customer has no subscription, so its events are not billed.').waitFor();

    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: /Catalog/ })
      .click();
    await link(page, 'Meters').click();
    await button(page, 'New meter').click();
    await fill(page, 'Name', 'Searches');
    await fill(page, 'Event name', 'hooli.search');
    await choose(page, 'Aggregation', 'Sum');
    await fill(page, 'Property', 'terms');
    await button(page, 'Create meter').click();
    await heading(page, 'Searches').waitFor();
    await page.getByText('No price bills this meter, so its events are counted but not billed.').waitFor();

    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: /Catalog/ })
      .click();
    await link(page, 'Plans').click();
    await button(page, 'New plan').click();
    await fill(page, 'Name', 'Search plan');
    await button(page, 'Create plan').click();
    await heading(page, 'Search plan').waitFor();

    await button(page, 'Add a price').click();
    await choose(page, 'Meter', 'Searches');
    await choose(page, 'Model', 'By tiers');
    await fill(page, 'Tier 1: Up to', '1000');
    await fill(page, 'Tier 1: For each unit', '0');
    await fill(page, 'Tier 2: For each unit', '0.012345678901234567');
    const costs = page.getByRole('region', { name: 'What it costs, by quantity' });
    await costs.getByRole('row', { name: '1,000 $0.00' }).waitFor();
    await costs.getByRole('row', { name: '1,001 $0.01 ($0.012345678901234567)' }).waitFor();
    await button(page, 'Create price').click();
    await heading(page, 'Searches').waitFor();
    await page.getByText('free up to 1,000, then $0.012345678901234567').first().waitFor();

    await link(page, 'Searches').first().click();
    await button(page, 'Add a feature').click();
    await fill(page, 'Name', 'Search');
    await button(page, 'Create feature').click();
    await heading(page, 'Search').waitFor();
    await button(page, 'Grant it').click();
    await choose(page, 'Plan', 'Search plan');
    await fill(page, 'Free units', '500');
    await button(page, 'Grant feature').click();
    await heading(page, 'Search plan').waitFor();
    await page.getByText('500 units free').waitFor();

    await button(page, 'Subscribe a customer').click();
    await fill(page, 'Customer', 'hooli');
    await page.getByText('Searches: free up to 1,000').waitFor();
    await button(page, 'Subscribe').click();
    await heading(page, 'Hooli · Search plan').waitFor();
    await page.getByRole('region', { name: 'Line items, table' }).getByText('Searches').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);

    const event = { event_name: 'hooli.search', external_customer_id: 'hooli', properties: { terms: 3 } };
    expect(v.parse(StatusSchema, await system().api.call('POST', '/events/preview', event)).status).toBe('processed');
  });

  test('what the schema refuses is said at the field before anything is sent', async () => {
    const { page } = await open('/catalog/price-units/new');
    await fill(page, 'Code', 'credits');
    await fill(page, 'Value of one unit', '-1');
    await button(page, 'Create price unit').click();
    await page.getByText('must have 3 letters or digits').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Value of one unit').getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('what the API refuses is said at its field, until that is changed', async () => {
    const { page, guard } = await open('/catalog/features/new');
    guard.expect(/Failed to load resource.* 400 /);
    await fill(page, 'Name', 'Support');
    await choose(page, 'Kind', 'Metered');
    await choose(page, 'Meter', 'Images');
    await page.getByText('More', { exact: true }).click();
    await fill(page, 'One unit', 'image');
    await button(page, 'Create feature').click();
    await page.getByRole('alert').getByText('The API does not accept this: see the fields above.').waitFor();
    const several = page.getByLabel('Several units', { exact: true });
    expect(await several.getAttribute('aria-invalid')).toBe('true');
    await several.fill('images');
    expect(await several.getAttribute('aria-invalid')).toBe(null);
    await button(page, 'Create feature').click();
    await heading(page, 'Support').waitFor();
  });

  test('a customer that exists is refused in words, with the id of the request', async () => {
    const { page, guard } = await open('/customers/new?external_id=acme&name=Acme');
    guard.expect(/Failed to load resource.* 409 /);
    await button(page, 'Create customer').click();
    await page.getByRole('alert').getByText('A customer with this identifier already exists').waitFor();
    await page
      .getByRole('alert')
      .getByText(/request/)
      .waitFor();
    expect(await page.getByLabel('External id').inputValue()).toBe('acme');
  });
});

describe('repairing', () => {
  test('a missing customer is created and the page returns to the event', async () => {
    const path = `/events/${eventOf('wrongCustomer')}`;
    const { page } = await open(`/customers/new?external_id=Acme&back=${encodeURIComponent(path)}`);
    await button(page, 'Create customer').click();
    await page.waitForURL(`**/console${path}`);
  });

  test.each(['https://example.com/', '//example.com', 'javascript:alert(1)', '/\\example.com'])(
    'it does not return to %s',
    async (back) => {
      const { page } = await open(`/catalog/plans/new?name=Safe&back=${encodeURIComponent(back)}`);
      expect(await page.getByRole('link', { name: 'where you came from' }).count()).toBe(0);
      await button(page, 'Cancel').click();
      await heading(page, 'Plans').waitFor();
    },
  );

  test('a meter is archived and published again; the question names what it touches', async () => {
    const { page } = await open(`/catalog/meters/${system().world.meter}`);
    await button(page, 'Archive').click();
    const dialog = page.getByRole('dialog', { name: 'Archive the meter Tokens?' });
    await dialog.getByText('1 price in 1 plan or subscription bills nothing of later events.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Cancel' }).evaluate((one) => one === document.activeElement)).toBe(
      true,
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await button(page, 'Archive').click();
    await dialog.getByRole('button', { name: 'Archive meter' }).click();
    await page.getByText('archived', { exact: true }).first().waitFor();
    await button(page, 'Publish again').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish again' }).click();
    await page.getByText('published', { exact: true }).first().waitFor();
  });

  test('a feature is archived and published again', async () => {
    const feature = v.parse(IdSchema, await system().api.call('POST', '/features', { name: 'Beta', type: 'boolean' }));
    const { page } = await open(`/catalog/features/${feature.id}`);
    await button(page, 'Archive').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Archive feature' }).click();
    await button(page, 'Publish again').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish again' }).click();
    await page.getByText('published', { exact: true }).first().waitFor();
  });

  test('a meter without a price gets one, and the subscription that existed gets a line item', async () => {
    expect(await statusOf(eventOf('noPrice'))).toBe('failed');
    const { page } = await open(`/catalog/meters/${await meterNamed('Images')}`);
    await button(page, 'Add a price').click();
    await choose(page, 'Plan', 'Pay as you go');
    await fill(page, 'Amount', '0.0004');
    await button(page, 'Create price').click();
    await page.getByText(/The subscription of acme to this plan existed before/).waitFor();
    await page.getByRole('note').filter({ hasText: 'acme' }).getByRole('button', { name: 'Add a line item' }).click();
    await fill(page, 'Starts', inBerlin(Date.now() - 7_200_000));
    await button(page, 'Add line item').click();
    await page.getByRole('region', { name: 'Line items, table' }).getByText('Images').first().waitFor();
    expect(await statusOf(eventOf('noPrice'))).toBe('processed');
  });

  test('the price of a line item is changed from a time on', async () => {
    const { page } = await open(`/subscriptions/${system().world.subscription}`);
    await page.getByRole('button', { name: 'Change Tokens' }).first().click();
    await page.getByRole('menuitem', { name: 'Change price or commitment' }).click();
    await choose(page, 'Model', 'For each unit');
    await fill(page, 'Amount', '0.003');
    await page.getByText('"amount": "0.003"').waitFor();
    await button(page, 'Change line item').click();
    const items = page.getByRole('region', { name: 'Line items, table' });
    await items.getByText('$0.003 a unit each month').waitFor();
    await items.getByText('ended').waitFor();
  });
});

describe('with a key that may only read', () => {
  test('controls are disabled and say why', async () => {
    const { page } = await open('/customers', { key: system().keys.reader });
    const create = page.getByRole('button', { name: /New customer/ });
    expect(await create.isDisabled()).toBe(true);
    expect(await create.getAttribute('title')).toContain('catalog_admin');
    await page.goto(`${system().url}/console/customers/new`);
    await page.getByText('it needs the role catalog_admin, and has event_reader').waitFor();
    expect(await button(page, 'Create customer').isDisabled()).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
  });
});

test('a customer is created with the keyboard alone', async () => {
  const { page } = await open('/customers');
  await page.getByRole('row', { name: /globex/ }).waitFor();
  const tabTo = async (name: string): Promise<void> => {
    for (let count = 0; count < 60; count += 1) {
      const isThere = await page.evaluate((wanted) => {
        const active = document.activeElement;
        const label = active instanceof HTMLInputElement ? active.labels?.[0]?.textContent : active?.textContent;
        return label?.trim() === wanted;
      }, name);
      if (isThere) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way to ${name}`);
  };
  await tabTo('New customer');
  await page.keyboard.press('Enter');
  await heading(page, 'New customer').waitFor();
  await tabTo('External id');
  await page.keyboard.type('keyboard');
  await tabTo('Name');
  await page.keyboard.type('By Keyboard');
  await page.keyboard.press('Enter');
  await heading(page, 'By Keyboard').waitFor();
});

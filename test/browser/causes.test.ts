// The causes for which an event is not billed, or not as expected, by clicking: it is found by its verdict, says what is missing, and is
// billed once that exists, without being sent again.
import { describe, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { useConsole } from './support/console.ts';
import { eventOf, storedIn } from './support/world.ts';

const { open, system } = useConsole();
const IdSchema = v.object({ id: v.string() });
const soon = { timeout: 20_000 };
jest.setTimeout(120_000);

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
const choose = (page: Page, label: string, option: string) =>
  page.getByLabel(label, { exact: true }).selectOption({ label: option });
const says = (page: Page, sentence: string | RegExp): Promise<void> =>
  page.getByRole('paragraph').filter({ hasText: sentence }).first().waitFor(soon);

/** Chooses a verdict in the menu of the list. */
const filterBy = async (page: Page, verdict: string): Promise<void> => {
  await button(page, 'Verdict').click();
  await page.getByRole('menuitem', { name: verdict, exact: true }).click(soon);
};

/** Adds a filter by the dialog that `Filter` opens. */
const addFilter = async (page: Page, field: string, set: (page: Page) => Promise<unknown>): Promise<void> => {
  await button(page, 'Filter').click();
  await page.getByLabel('Field', { exact: true }).selectOption({ label: field }, soon);
  await set(page);
  await button(page, 'Add').click();
};

/** Opens the event of a row beside the list, and then as a page. */
const openRow = async (page: Page, id: string): Promise<void> => {
  await page.locator(`[data-row="${id}"]`).getByRole('link').click(soon);
  await button(page, 'Open as a page').click(soon);
  await heading(page, `Event ${id}`).waitFor(soon);
};

/** Opens an event by its id, as a reader who knows it. */
const search = async (page: Page, id: string): Promise<void> => {
  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox', { name: /paste an id/ });
  await box.fill(id, soon);
  await page.getByRole('option', { name: /event with this id/ }).click(soon);
  await heading(page, `Event ${id}`).waitFor(soon);
};

/** Sends an event of now, and resolves once it is stored. */
const send = async (event: { readonly event_id: string; readonly [field: string]: unknown }): Promise<void> => {
  await system().api.call('POST', '/events', { external_customer_id: 'acme', ...event });
  await storedIn(system().api, [event.event_id]);
};

/** Returns the rows of then and now that differ, by their names. */
const changes = async (page: Page): Promise<readonly string[]> => {
  await page.getByText('The catalog of now decides otherwise.').waitFor(soon);
  return page
    .getByRole('row', { name: /\(changed\)/ })
    .evaluateAll((rows) => rows.map((row) => row.querySelector('th')?.firstChild?.textContent ?? ''));
};

/** Fills the form of a price and creates it; then the event asks for a line item, and is billed. */
const priceFor = async (page: Page, id: string, amount: string): Promise<void> => {
  await page.getByRole('link', { name: 'Create a price' }).click(soon);
  expect(await page.getByLabel('Meter', { exact: true }).inputValue()).toMatch(/^meter_/);
  await choose(page, 'Plan', 'Pay as you go');
  await fill(page, 'Amount', amount);
  await button(page, 'Create price').click();
  await page.getByRole('heading', { name: 'Subscriptions billed by it' }).waitFor(soon);
  await search(page, id);
  await says(page, 'Not billed: no line item of acme has a price of its meter.');
  await page.getByRole('link', { name: 'Add a line item' }).click();
  await button(page, 'Add line item').click(soon);
  await page.getByRole('region', { name: 'Line items, table' }).waitFor(soon);
  await search(page, id);
};

describe('the name and the meter', () => {
  test('a wrong name is told with the right one, and is billed once a meter, a price and a line item count it', async () => {
    const id = eventOf('wrongName');
    const { page } = await open('/events?range=1h');
    await filterBy(page, 'not billed: no meter');
    await openRow(page, id);
    await says(page, 'no meter counts the event name Model.Usage. Did you mean model.usage?');
    await page.getByText('The catalog of now decides the same.').waitFor(soon);

    await page.getByRole('link', { name: 'Create a meter' }).click();
    expect(await page.getByLabel('Event name', { exact: true }).inputValue()).toBe('Model.Usage');
    await fill(page, 'Name', 'Old tokens');
    await choose(page, 'Aggregation', 'Sum');
    await fill(page, 'Property', 'tokens');
    await button(page, 'Create meter').click();
    await heading(page, `Event ${id}`).waitFor(soon);
    await says(page, 'Not billed: no price covers its meter at this time.');

    await priceFor(page, id, '0.01');
    await says(page, 'Billed: it counts 10.');
    expect(await changes(page)).toEqual(['Verdict', 'Meter', 'Price', 'Line item']);
  });

  test('an archived meter is published again', async () => {
    const id = 'evt-storage';
    // What came before the meter was archived stays billed.
    await send({ event_id: id, event_name: 'storage.usage', properties: { gb: 1.5 } });
    const { page } = await open('/events?range=1h');
    await addFilter(page, 'Event name', async () => {
      await page.getByRole('combobox', { name: 'Value' }).fill('storage.usage');
      // While its suggestions are open, nothing else is within reach.
      await page.keyboard.press('Tab');
    });
    await openRow(page, id);
    await says(page, 'the meter of storage.usage was archived before this time.');
    await page.getByRole('link', { name: 'Open the meter' }).click();
    await button(page, 'Publish again').click(soon);
    await page.getByRole('dialog').getByRole('button', { name: 'Publish again' }).click();
    await page.getByText('published', { exact: true }).first().waitFor(soon);
    await page.goBack();
    await says(page, 'Billed: it counts 1.5.');
    expect(await changes(page)).toContain('Meter');
  });

  test('the meter of an archived feature is published with the feature', async () => {
    const { api } = system();
    const meter = { name: 'Calls', event_name: 'calls.made', aggregation: { type: 'COUNT' }, reset_usage: 'NEVER' };
    const feature = v.parse(IdSchema, await api.call('POST', '/features', { name: 'Calls', type: 'metered', meter }));
    await api.call('DELETE', `/features/${feature.id}`);
    await send({ event_id: 'evt-feature', event_name: 'calls.made' });
    const { page } = await open('/events/evt-feature');
    await says(page, 'the meter of calls.made was archived before this time.');
    await page.getByRole('link', { name: 'Open the feature' }).click();
    await button(page, 'Publish again').click(soon);
    await page.getByRole('dialog').getByRole('button', { name: 'Publish again' }).click();
    await page.getByText('published', { exact: true }).first().waitFor(soon);
    await page.goBack();
    await says(page, 'Not billed: no price covers its meter at this time.');
  });
});

describe('the customer and its subscription', () => {
  test('a missing customer is created, then its subscription, and the event is billed', async () => {
    const id = eventOf('unknownCustomer');
    const { page } = await open('/events?range=1h');
    await filterBy(page, 'not billed: no customer');
    await openRow(page, id);
    await says(page, 'Not billed: no customer has the external id nobody.');
    await page.getByRole('link', { name: 'Create the customer' }).click();
    expect(await page.getByLabel('External id', { exact: true }).inputValue()).toBe('nobody');
    await fill(page, 'Name', 'Nobody');
    await button(page, 'Create customer').click();
    await heading(page, `Event ${id}`).waitFor(soon);
    await says(page, 'Not billed: nobody has no subscription that bills.');

    await page.getByRole('link', { name: 'Create a subscription' }).click();
    expect(await page.getByLabel('Customer', { exact: true }).inputValue()).toBe('nobody');
    expect(await page.getByLabel('Plan', { exact: true }).inputValue()).toBe(system().world.plan);
    await button(page, 'Subscribe').click();
    await heading(page, `Event ${id}`).waitFor(soon);
    await says(page, 'Billed: it counts 10.');
    expect(await changes(page)).toEqual(['Verdict', 'Customer', 'Meter', 'Price', 'Line item']);
  });

  test('a customer whose name differs in case is told with the one that exists', async () => {
    const { page } = await open('/events?range=1h');
    await filterBy(page, 'not billed: no customer');
    await openRow(page, eventOf('wrongCustomer'));
    await says(page, 'Not billed: no customer has the external id Acme. Did you mean acme?');
  });

  test('a customer without a subscription gets one', async () => {
    const id = eventOf('noSubscription');
    const { page } = await open('/events?range=1h');
    await filterBy(page, 'not billed: no subscription');
    await openRow(page, id);
    await says(page, 'Not billed: globex has no subscription that bills.');
    await page.getByRole('link', { name: 'Create a subscription' }).click();
    await button(page, 'Subscribe').click(soon);
    await heading(page, `Event ${id}`).waitFor(soon);
    await says(page, 'Billed: it counts 40.');
  });
});

test('a meter without a price gets one, and the subscription that exists a line item', async () => {
  const id = eventOf('noPrice');
  const { page } = await open('/events?range=1h');
  await filterBy(page, 'not billed: no price');
  await openRow(page, id);
  await says(page, 'Not billed: no price covers its meter at this time.');
  await priceFor(page, id, '0.0004');
  await says(page, 'Billed: it counts 1024.');
  expect(await changes(page)).toEqual(['Verdict', 'Price', 'Line item']);
});

describe('the properties', () => {
  test.each([
    ['wrongField', 'property missing', 'tokens is missing; present: token, model. Did you mean token?'],
    ['missingProperty', 'property missing', 'tokens is missing; present: none.'],
    ['wrongType', 'not a number', 'tokens is a string, not a number.'],
  ] as const)('%s is found by its warning, and says which property', async (cause, warning, sentence) => {
    const { page } = await open('/events?range=1h');
    await addFilter(page, 'Warning', () => choose(page, 'Warning', warning));
    await openRow(page, eventOf(cause));
    await says(page, `Billed: it counts 0. But a meter counts it as 0: ${sentence}`);
  });

  test('a corrected copy is counted by the dry run, and is billed as a new event', async () => {
    const { page } = await open(`/events/${eventOf('wrongField')}`);
    await button(page, 'Dry-run, edit, send').click(soon);
    const dialog = page.getByRole('dialog', { name: 'Dry-run, edit, send' });
    await dialog.waitFor(soon);
    await page.reload();
    const area = dialog.getByLabel('Event', { exact: true });
    const text = await area.inputValue(soon);
    await area.fill(text.replace('"token"', '"tokens"'));
    await dialog.getByRole('button', { name: 'Dry-run', exact: true }).click();
    await dialog.getByRole('status').getByText('Billed: it counts 2.').waitFor(soon);
    await dialog.getByRole('button', { name: 'Send as a new event' }).click();
    await heading(page, /^Event event_/).waitFor(soon);
    await says(page, 'Billed: it counts 2.');
  });
});

test('a conflict is found, and shows when each came and what differs', async () => {
  const { page } = await open('/events?range=1h');
  await filterBy(page, 'conflict');
  await openRow(page, eventOf('conflict'));
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: /^Sent again/ }) });
  expect(await section.innerText()).toMatch(/\d\d:\d\d:\d\d[.\d]*\s+other properties/);
  await says(page, 'Billed: it counts 100.');
  expect(await page.locator('dl').filter({ hasText: 'Received' }).first().innerText()).toMatch(
    /Received\s+.*\d\d:\d\d/,
  );
});

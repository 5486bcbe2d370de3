// The causes for which an event is not billed, or not as expected, by clicking: it is found by its verdict, says what is missing, and is
// billed once that exists, without being sent again.
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { useConsole } from './support/console.ts';
import { eventOf } from './support/world.ts';

const { open } = useConsole();
const soon = { timeout: 20_000 };
const slow = 120_000;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
const choose = (page: Page, label: string, option: string) =>
  page.getByLabel(label, { exact: true }).selectOption({ label: option });
const panelOf = (page: Page) => page.getByRole('region', { name: 'The chosen event' });
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

/** Returns the rows of then and now that differ, by their names. */
const changes = (page: Page): Promise<readonly string[]> =>
  page
    .getByRole('row', { name: /\(changed\)/ })
    .getByRole('rowheader')
    .allInnerTexts();

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
    expect(await changes(page)).toContain('Verdict (changed)');
  }, slow);
});

// A newcomer goes from nothing to a billed event and sees its amount; a reload goes on at the same place.
import { describe, expect, test } from '@jest/globals';
import { axeViolations } from './support/axe.ts';
import { switchTheme, themes, useConsole } from './support/console.ts';

const { open, system } = useConsole();

const stepTimeout = { timeout: 20_000 };

describe('the guided start', () => {
  test('leads from nothing to a billed event and its amount', async () => {
    const { page, guard } = await open('/start', { key: system().keys.empty });
    guard.expect(/400/);
    const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
    const reached = (name: string) => page.getByRole('button', { name, exact: true }).waitFor(stepTimeout);
    await page.getByLabel('External id').fill('newcomer');
    // The call that is shown is the one that is made.
    expect(await page.getByRole('tabpanel').innerText()).toContain('"external_id":"newcomer"');
    await press('Create the customer');
    await reached('Create the meter');
    await press('Create the meter');
    await reached('Create the plan');

    // What is done is in the catalog, so nothing is lost without the address.
    await page.goto(`${system().url}/console/start`);
    await reached('Create the plan');
    expect(await page.getByRole('link', { name: 'Acme Inc. (newcomer)' }).count()).toBe(1);

    await press('Create the plan');
    await reached('Create the price');
    await page.getByLabel('Price of one unit of Tokens').fill('abc');
    await press('Create the price');
    await page.locator('[aria-invalid="true"]').waitFor(stepTimeout);
    await page.getByLabel('Price of one unit of Tokens').fill('0.0025');
    await press('Create the price');
    await reached('Create the feature');
    await press('Create the feature');
    await reached('Grant the free units');
    await press('Grant the free units');
    await reached('Subscribe');
    await press('Subscribe');
    await reached('Send the event');
    await page.getByLabel('Value of tokens').fill('1250.50');
    await press('Send the event');
    const amount = page.locator('[data-amount]');
    await amount.waitFor({ timeout: 30_000 });
    // (1250.50 - 1000) × 0.0025 = 0.62625, rounded to cents.
    expect(await amount.getAttribute('data-amount')).toBe('0.63');
    expect(await page.getByText('Billed: it counts 1250.5').count()).toBe(1);
    expect(await page.title()).toBe('A first billed event · Tollgate');
    for (const theme of themes) {
      await switchTheme(page, theme);
      expect(await axeViolations(page)).toEqual([]);
    }

    await page.goto(`${system().url}/console/start`);
    await amount.waitFor({ timeout: 30_000 });
    expect(await amount.getAttribute('data-amount')).toBe('0.63');
  }, 180_000);
});

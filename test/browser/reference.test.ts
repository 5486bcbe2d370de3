// The reference of the API: found by search, linked by operation, and tried with the key of the session.
import { describe, expect, test } from '@jest/globals';
import { axeViolations } from './support/axe.ts';
import { switchTheme, themes, useConsole } from './support/console.ts';

const { open, system } = useConsole();
const soon = { timeout: 20_000 };

describe('the reference', () => {
  test('finds an operation, and tries it with a real answer', async () => {
    const { page } = await open('/api');
    await page.getByLabel('Search operations').fill('list customers');
    await page
      .getByRole('navigation', { name: 'Operations' })
      .getByRole('link', { name: /List customers/ })
      .click(soon);
    await page.getByRole('heading', { level: 1, name: 'List customers' }).waitFor(soon);
    expect(page.url()).toContain('/api/listCustomers?q=list');
    await page.getByLabel('external_id', { exact: true }).fill('acme');
    const tried = page.getByRole('region', { name: 'Try it' });
    expect(await tried.innerText()).toContain('/v1/customers?external_id=acme');
    await tried.getByRole('button', { name: 'Send' }).click();
    await tried.getByText('"external_id": "acme"').waitFor(soon);
    for (const theme of themes) {
      await switchTheme(page, theme);
      expect(await axeViolations(page)).toEqual([]);
    }
  }, 60_000);

  test('an error of a call is shown with its rule and the id of the request', async () => {
    const { page, guard } = await open('/api/listEvents');
    guard.expect(/400/);
    await page.getByLabel('page_size', { exact: true }).fill('many');
    const tried = page.getByRole('region', { name: 'Try it' });
    await tried.getByRole('button', { name: 'Send' }).click();
    await tried.getByText('validation_error').waitFor(soon);
    expect(await tried.innerText()).toMatch(/Request \S+/);
  });

  test('what is inside of a schema opens by keyboard', async () => {
    const { page } = await open('/api/createPrice');
    const inside = page.getByRole('region', { name: 'Body' }).getByText('Inside tiers');
    await inside.focus(soon);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Body' }).getByText('unit_amount', { exact: true }).first().waitFor(soon);
  });

  test('is at /docs too', async () => {
    const { page } = await open('/api');
    await page.goto(`${system().url}/docs`);
    await page.getByRole('heading', { level: 1, name: 'API reference' }).waitFor(soon);
  });
});

// The overview: every number opens what makes it, and every failure what would bill it.
import { describe, expect, test } from '@jest/globals';
import { axeViolations } from './support/axe.ts';
import { themes, useConsole } from './support/console.ts';

const { open, system } = useConsole();

describe('the overview', () => {
  test('counts the events by verdict, and each count opens its events as they were decided', async () => {
    const { page } = await open('/');
    const bar = page.getByRole('figure', { name: 'Events by verdict on arrival' });
    const link = bar.getByRole('link', { name: /no customer/ });
    await link.waitFor();
    const [count = ''] = /\d+$/.exec((await link.innerText()).trim()) ?? [];
    expect(Number(count)).toBeGreaterThan(0);
    await link.click();
    await page.waitForURL(/\/events\?/);
    const search = new URL(page.url()).searchParams;
    expect([search.get('verdict'), search.get('decided')]).toEqual(['customer', 'arrival']);
    await page.getByText(new RegExp(`^${count} shown`)).waitFor();
  });

  test('a cause has its events and what would bill them', async () => {
    const { page } = await open('/');
    const row = page.getByRole('row', { name: /no customer.*nobody/ });
    await row.waitFor();
    const fix = row.getByRole('link', { name: 'Create the customer' });
    expect(await fix.getAttribute('href')).toContain('/customers/new?external_id=nobody');
    await row.getByRole('button', { name: /Request/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText(/"external_id":"nobody"/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    const events = row.getByRole('link').first();
    const count = (await events.innerText()).trim();
    await events.click();
    await page.waitForURL(/customer=nobody/);
    await page.getByText(new RegExp(`^${count} shown`)).waitFor();
  });

  test('says how far it is complete', async () => {
    const { page } = await open('/');
    await page.getByText(/^Complete: [\d,]+ events were examined/).waitFor();
    await page.getByText(/^complete to/).waitFor();
  });

  test('older events are examined on request, and counts add up', async () => {
    const group = (count: number) => ({
      cause: 'no_customer',
      failure_point_type: 'customer_lookup',
      event_name: 'api_call',
      external_customer_id: 'Acme',
      count,
      first_timestamp: '2026-11-01T00:00:00Z',
      last_timestamp: '2026-11-02T00:00:00Z',
      sample_event_ids: ['one'],
      similar_names: ['acme'],
      message: 'no customer has this external id: did you mean acme?',
    });
    const { page } = await open('/', {
      prepare: async (page) => {
        await page.route('**/v1/events/failures', async (route) => {
          const isFirst = !(route.request().postData() ?? '').includes('"cursor"');
          await route.fulfill({
            json: isFirst
              ? { failures: [group(7)], examined: 10_000, complete: false, cursor: 'c', catalog_version: 1 }
              : { failures: [group(5)], examined: 2_345, complete: true, catalog_version: 1 },
          });
        });
      },
    });
    await page.getByText('The newest 10,000 events were examined').waitFor();
    await page.getByRole('button', { name: 'Examine older events' }).click();
    await page.getByText('Complete: 12,345 events were examined').waitFor();
    expect(await page.getByRole('row', { name: /Acme/ }).getByRole('link').first().innerText()).toBe('12');
  });

  test('without a catalog it lists what is to do, and ticks itself', async () => {
    const { page } = await open('/', { key: system().keys.empty });
    const steps = page.getByRole('region', { name: 'Set up' });
    await steps.getByRole('link', { name: 'Create a customer' }).waitFor();
    const response = await fetch(`${system().url}/v1/customers`, {
      method: 'POST',
      headers: { 'x-api-key': system().keys.empty },
      body: JSON.stringify({ external_id: 'first', name: 'First' }),
    });
    expect(response.status).toBe(201);
    await steps.getByText('Create a customer (done)').waitFor();
    expect(await steps.getByRole('link', { name: 'Create a customer' }).count()).toBe(0);
  });

  test.each(themes)('is without fault for axe in the %s theme', async (theme) => {
    const { page } = await open('/', { theme });
    await page.getByText(/^Complete:/).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});

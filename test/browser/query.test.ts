// The query tool: one number, its parts and its events, read from the screen and added up.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { decimal, formatQuantity, sumOf } from '../../shared/domain/numbers/quantity.ts';
import { axeViolations } from './support/axe.ts';
import { themes, useConsole } from './support/console.ts';
import { allRows, plain } from './support/screen.ts';

const consoleUnderTest = useConsole();
const { open } = consoleUnderTest;
const meterPath = (more = ''): string => `/query?meter=${consoleUnderTest.system().world.meter}&customer=acme${more}`;

const valueOf = async (page: Page): Promise<string> =>
  plain((await page.locator('[data-part=value]').textContent()) ?? '');
const explained = 'Events behind the value, newest first';

describe('the query tool', () => {
  test('answers what is chosen by clicking, and its explained events add up to the number', async () => {
    const { page } = await open('/query');
    await page.getByLabel('Meter', { exact: true }).selectOption({ label: 'Tokens (SUM of model.usage)' });
    await page.getByLabel('Customer').fill('initech');
    await page.keyboard.press('Enter');
    await page.locator('[data-part=value]').waitFor();
    await page.getByRole('heading', { name: 'SUM of tokens in model.usage for initech' }).waitFor();
    const value = await valueOf(page);
    expect(new URL(page.url()).searchParams.get('customer')).toBe('initech');

    await page.getByRole('link', { name: 'Explain', exact: true }).click();
    await page.getByText(/which is the value\.$/).waitFor();
    const rows = await allRows(page, explained);
    const quantities = rows.map(({ cells }) => plain(cells[2] ?? '')).filter((text) => text !== '–');
    expect(rows.length).toBeGreaterThan(50);
    expect(formatQuantity(sumOf(quantities.map((text) => decimal(text))))).toBe(value);
    expect(plain(rows.at(-1)?.cells[3] ?? '')).toBe(value);
  });

  test('every part of the number opens as many events as it says', async () => {
    const { page } = await open(meterPath());
    for (const part of ['counted', 'as zero'] as const) {
      const link = page
        .getByRole('list', { name: 'What the value stands on' })
        .getByRole('link', { name: new RegExp(`${part}$`) });
      const count = plain((await link.textContent()) ?? '').replace(/ .*$/, '');
      await link.click();
      await page.getByText(`${Number(count).toLocaleString('en-US')} events shown.`).waitFor();
      const rows = await allRows(page, explained);
      expect(rows.length).toBe(Number(count));
      const outcome = part === 'counted' ? 'counted' : 'counted as zero';
      expect(new Set(rows.map(({ cells }) => cells[1]))).toEqual(new Set([outcome]));
    }
  });

  test('a link pasted into another tab shows the same', async () => {
    const first = await open(meterPath('&show=explain&outcome=counted_as_zero'));
    await first.page.getByRole('table', { name: explained }).waitFor();
    await first.page.getByRole('button', { name: 'Copy a link to this view, with its time pinned' }).click();
    const link = await first.page.evaluate(() => navigator.clipboard.readText());
    const second = await open(link.replace(`${consoleUnderTest.system().url}/console`, ''));
    expect(await allRows(second.page, explained)).toEqual(await allRows(first.page, explained));
    expect(await valueOf(second.page)).toBe(await valueOf(first.page));
    expect(new URL(link).searchParams.get('range')).toMatch(/^\d{4}.*Z\.\.\d{4}.*Z$/);
  });

  test('a range that is still computed shows its progress, and the number by itself', async () => {
    let asked = 0;
    const { page, guard } = await open(meterPath(), {
      prepare: (prepared) =>
        prepared.route('**/v1/events/usage/meter', async (route) => {
          asked += 1;
          if (asked > 2) await route.continue();
          else {
            const details = { folded_days: asked * 3, of_days: 10 };
            await route.fulfill({
              status: 503,
              headers: { 'Retry-After': '1' },
              json: {
                code: 'service_unavailable',
                message: 'The range is still computed',
                http_status_code: 503,
                details,
              },
            });
          }
        }),
    });
    guard.expect(/503/);
    await page.getByText('3 of 10 days are done').waitFor();
    await page.getByText('6 of 10 days are done').waitFor();
    await page.locator('[data-part=value]').waitFor();
    expect(asked).toBe(3);
  });

  test('what the API refuses is said beside the field', async () => {
    const { page, guard } = await open('/query?by=event&event=model.usage&aggregation=SUM&property=tokens&group=model');
    guard.expect(/400/);
    const field = page.getByLabel('Group by property');
    await page.getByRole('alert').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const problem = (await field.getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`[id="${problem}"]`).textContent()).not.toBe('');
    await field.fill('');
    await page.keyboard.press('Enter');
    await page.locator('[data-part=value]').waitFor();
  });

  test('the chart and the table have the same rows, and a row opens its events', async () => {
    const { page } = await open(meterPath('&window=3HOUR&range=7d'));
    await page.locator('canvas').waitFor();
    const rows = await allRows(page, 'Usage by window');
    const value = await valueOf(page);
    expect(formatQuantity(sumOf(rows.map(({ cells }) => decimal(plain(cells[1] ?? '')))))).toBe(value);
    const [first] = rows;
    await page
      .getByRole('link', { name: first?.cells[0] ?? '', exact: true })
      .first()
      .click();
    await page.getByText(/which is the value\.$/).waitFor();
    expect(await valueOf(page)).toBe(plain(first?.cells[1] ?? ''));
  });

  test('compares with the range before and with a second definition', async () => {
    const { page } = await open(meterPath('&range=1d&show=compare'));
    const table = page.getByRole('table').filter({ hasText: 'Difference' });
    await table.waitFor();
    const cells = await table.getByRole('row').filter({ hasText: 'Value' }).getByRole('cell').allTextContents();
    const [a = '', b = '', difference = ''] = cells.map((cell) => plain(cell).replace(/[+-][\d.]+ %$/, ''));
    expect(formatQuantity(decimal(a).minus(decimal(b)))).toBe(difference);
    await page.getByLabel('Compare with').selectOption('definition');
    await page.getByLabel('Meter', { exact: true }).last().selectOption({ label: 'Images (SUM of image.render)' });
    await table.getByRole('link', { name: 'SUM of pixels in image.render' }).waitFor();
  });

  test('a file of the events holds no formulas', async () => {
    const { page } = await open('/query?by=event&event=model.usage&show=explain&customer=acme');
    await page.getByRole('table', { name: explained }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.join('\n')).not.toMatch(/(^|,)"?[=@+]/m);
  });

  test.each(themes)('is without fault by axe in the %s theme, in each view', async (theme) => {
    const { page } = await open(meterPath('&range=7d'), { theme });
    for (const view of ['Windows', 'Explain', 'Compare']) {
      await page.getByRole('link', { name: view, exact: true }).click();
      await page.waitForLoadState('networkidle');
      expect(await axeViolations(page)).toEqual([]);
    }
  });

  test('works by keyboard alone', async () => {
    const { page } = await open('/events');
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.getByRole('heading', { level: 1, name: 'Query' }).waitFor();
    const focused = (): Promise<string> =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      );
    const tabTo = async (is: () => Promise<boolean>): Promise<void> => {
      for (let presses = 0; presses < 60; presses += 1) {
        if (await is()) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`not reached by Tab; last at ${await focused()}`);
    };
    const isAt = (label: string) => () =>
      page
        .getByLabel(label, { exact: true })
        .first()
        .evaluate((element) => element === document.activeElement);
    await tabTo(isAt('Meter'));
    await page.keyboard.type('Tokens');
    await page.locator('[data-part=value]').waitFor();
    await tabTo(async () => (await focused()) === 'Explain');
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: explained }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Event / }).waitFor();
  });
});

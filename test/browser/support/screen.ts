// Reads numbers from the screen as a reader does.
import type { Page } from 'playwright-core';
import * as v from 'valibot';

const RowsSchema = v.array(v.object({ key: v.string(), cells: v.array(v.string()) }));
export type ShownRow = v.InferOutput<typeof RowsSchema>[number];

/** Returns the digits of a number as shown, without its groups. */
export const plain = (text: string): string => text.replaceAll(',', '').trim();

/** Returns all rows of a table that shows only those in sight, in order, by scrolling through it. */
export const allRows = async (page: Page, label: string): Promise<readonly ShownRow[]> => {
  const table = page.getByRole('table', { name: label });
  await table.waitFor();
  const found = new Map<string, ShownRow>();
  const scroller = table.locator('xpath=..');
  await scroller.evaluate((element) => {
    element.scrollTo(0, 0);
  });
  for (;;) {
    await page.waitForTimeout(60);
    const rows = await table.evaluate((element) =>
      [...element.querySelectorAll('tbody tr[data-row]')].map((row) => ({
        key: row.getAttribute('data-row') ?? '',
        cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent),
      })),
    );
    for (const row of v.parse(RowsSchema, rows)) found.set(row.key, row);
    const isAtEnd = await scroller.evaluate((element) => {
      const before = element.scrollTop;
      element.scrollBy(0, element.clientHeight / 2);
      return element.scrollTop === before;
    });
    if (isAtEnd) return [...found.values()];
  }
};

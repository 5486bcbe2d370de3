// Reads from the live page what it shows, as numbers and words.
import type { Page } from 'playwright-core';

const numberOf = (text: string | undefined): number => Number((text ?? '').replaceAll(',', ''));

/** Returns the state: OPENING, LIVE, PAUSED, RECONNECTING or STOPPED. */
export const stateOf = async (page: Page): Promise<string | undefined> =>
  (await page.getByRole('main').locator('[role=status][data-state]').getAttribute('data-state')) ?? undefined;

/** Resolves once the page is in the state. */
export const untilState = (page: Page, state: string): Promise<void> =>
  page.getByRole('main').locator(`[role=status][data-state=${state}]`).waitFor();

/** Returns the numbers of `500 shown · 12,408 seen`. */
export const seenOn = async (page: Page): Promise<{ readonly shown: number; readonly seen: number }> => {
  const [, shown, seen] = /^([\d,]+) shown · ([\d,]+) seen$/.exec(await page.getByTestId('seen').innerText()) ?? [];
  return { shown: numberOf(shown), seen: numberOf(seen) };
};

/** Returns the counts at the side, by their words. */
export const causesOn = async (page: Page): Promise<Readonly<Record<string, number>>> => {
  const rows = await page.getByRole('complementary', { name: 'Events by cause' }).getByRole('link').allInnerTexts();
  return Object.fromEntries(
    rows.map((text) => {
      const [, name = '', count] = /^(.*?)\s*([\d,]+)$/s.exec(text.trim()) ?? [];
      return [name.trim(), numberOf(count)];
    }),
  );
};

/** Returns the ids of the rows in sight, newest first. */
export const rowsOn = (page: Page): Promise<readonly string[]> =>
  page.locator('[data-row]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row') ?? ''));

// What the console may cost a reader: bytes and requests until the first page is there, bytes of each further one, and no movement of
// what is already shown.
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { useConsole } from './support/console.ts';
import { calmDown, listedPages } from './support/pages.ts';

const { open, system } = useConsole();
const kilobyte = 1024;

interface Loaded {
  readonly path: string;
  /** As they were sent, compressed, headers left out. */
  readonly bytes: number;
}

/** Notes the files of the console that a page loads. */
const noteLoaded = (page: Page): readonly Loaded[] => {
  const loaded: Loaded[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/console/')) {
      loaded.push({ path: pathname, bytes: Number(response.headers()['content-length'] ?? Number.NaN) });
    }
  });
  return loaded;
};
const bytesOf = (loaded: readonly Loaded[]): number => loaded.reduce((sum, { bytes }) => sum + bytes, 0);

/** Runs before the scripts of a page. Chromium keeps the shifts of a page; what follows a click within half a second is no fault. */
const noteShifts = (): void => {
  const shifts = { sum: 0 };
  Object.assign(window, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('value' in entry && 'hadRecentInput' in entry && entry.hadRecentInput === false)
        shifts.sum += Number(entry.value);
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

describe('what is loaded', () => {
  test('the first page takes at most 220 KB in at most 8 requests', async () => {
    let loaded: readonly Loaded[] = [];
    const { page } = await open('/', {
      hasAxe: false,
      prepare: (opened) => {
        loaded = noteLoaded(opened);
        return Promise.resolve();
      },
    });
    await calmDown(page, 'full');
    expect(loaded.length).toBeGreaterThan(2);
    expect(bytesOf(loaded) / kilobyte).toBeLessThanOrEqual(220);
    expect(loaded.map(({ path }) => path).length).toBeLessThanOrEqual(8);
  });

  test.each(listedPages)('the page $name takes at most 50 KB more', async ({ path }) => {
    let loaded: readonly Loaded[] = [];
    const { page } = await open('/', {
      hasAxe: false,
      prepare: (opened) => {
        loaded = noteLoaded(opened);
        return Promise.resolve();
      },
    });
    await calmDown(page, 'full');
    const known = new Set(loaded.map((one) => one.path));
    await page.goto(`${system().url}/console${path(system())}`);
    await calmDown(page, 'full');
    const further = loaded.filter((one) => !known.has(one.path));
    expect(bytesOf(further) / kilobyte).toBeLessThanOrEqual(50);
  });

  test.each(listedPages)('nothing moves while the page $name comes', async ({ path }) => {
    const { page } = await open(path(system()), {
      hasAxe: false,
      prepare: (opened) => opened.addInitScript(noteShifts),
    });
    await calmDown(page, 'full');
    expect(await page.evaluate('shifts.sum')).toBe(0);
  });
});

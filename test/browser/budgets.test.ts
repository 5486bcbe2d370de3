// Limits of what the console costs a reader: bytes and requests until the first page is there, bytes of each further one, and no movement of
// what is already shown.
import { describe, expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { consoleFolder } from '../../lib/console-build.ts';
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

/** Layout Instability API, which the types of browsers lack. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

/** Runs before the scripts of a page: notes what has moved by itself, by how much, and where from and to. */
const noteShifts = (): void => {
  const shifts: string[] = [];
  Object.assign(window, { shifts });
  const rect = ({ x, y, width, height }: DOMRectReadOnly): string => [x, y, width, height].map(Math.round).join(' ');
  const isShift = (entry: PerformanceEntry): entry is LayoutShift => entry.entryType === 'layout-shift';
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries().filter(isShift)) {
      if (hadRecentInput) continue;
      const moved = sources.map(({ node, previousRect, currentRect }) => {
        const element = node instanceof Element ? `${node.tagName} ${node.className}` : (node?.textContent ?? '');
        return `${element}: ${rect(previousRect)} → ${rect(currentRect)}`;
      });
      shifts.push(`${String(value)}: ${moved.join('; ')}`);
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
    const paths = loaded.map((one) => one.path);
    expect({ paths, few: paths.length <= 8 }).toEqual({ paths, few: true });
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

  test('the parts that draw charts take at most 30 KB', async () => {
    const folder = join(consoleFolder, 'assets');
    const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    const contents = await Promise.all(scripts.map((name) => readFile(join(folder, name))));
    // Class names of the library.
    const charts = contents.filter((content) => content.includes('u-legend') || content.includes('u-over'));
    expect(charts.reduce((sum, content) => sum + gzipSync(content).length, 0) / kilobyte).toBeLessThanOrEqual(30);
  });

  test.each(listedPages)('nothing moves while the page $name comes', async ({ path }) => {
    const { page } = await open(path(system()), {
      hasAxe: false,
      prepare: (opened) => opened.addInitScript(noteShifts),
    });
    await calmDown(page, 'full');
    const shifts = v.parse(v.array(v.string()), await page.evaluate('shifts'));
    const score = shifts.reduce((sum, shift) => sum + Number.parseFloat(shift), 0);
    // As Lighthouse shows it; the list says what has moved.
    expect({ score: score.toFixed(3), ...(score >= 0.0005 && { shifts }) }).toEqual({ score: '0.000' });
  });
});

// Opens the console in a browser, signed in, for the tests of this folder.
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { withAxe } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { type Guard, guard } from './guard.ts';
import { type ConsoleSystem, openSystem } from './open-system.ts';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface OpenOptions {
  /** null: not signed in. That of an admin if omitted. */
  readonly key?: string | null;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** Whether axe is part of the page; it is, unless what is loaded is measured. */
  readonly hasAxe?: boolean;
  /** Called before the page is opened, to answer requests in its place. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export interface OpenPage {
  readonly page: Page;
  readonly guard: Guard;
  readonly close: () => Promise<void>;
}

/** Opens a page of the console, `path` from its base on, and waits until it is loaded. */
export const openConsole = async (
  browser: Browser,
  system: Pick<ConsoleSystem, 'url' | 'keys'>,
  path: string,
  options: OpenOptions = {},
): Promise<OpenPage> => {
  const { key = system.keys.admin, theme = 'light', width = 1280, height = 800, hasAxe = true, prepare } = options;
  const context: BrowserContext = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height },
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
    locale: 'en-US',
  });
  const watched = await guard(context);
  if (hasAxe) await withAxe(context);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  await prepare?.(page);
  await page.goto(`${system.url}/console${path}` + (key === null ? '' : '#key=' + encodeURIComponent(key)));
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, guard: watched, close: () => context.close() };
};

/** Switches the theme of the system while a page is open. */
export const switchTheme = (page: Page, theme: Theme): Promise<void> => page.emulateMedia({ colorScheme: theme });

export interface ConsoleUnderTest {
  readonly system: () => ConsoleSystem;
  readonly browser: () => Browser;
  readonly open: (path: string, options?: OpenOptions) => Promise<OpenPage>;
}

/** Starts a system and a browser for the tests of a file. After each test it closes its pages, which must be without fault. */
export const useConsole = (): ConsoleUnderTest => {
  let running: { readonly system: ConsoleSystem; readonly browser: Browser } | undefined;
  const opened: OpenPage[] = [];
  const started = () => {
    if (!running) throw new Error('only inside of tests');
    return running;
  };
  beforeAll(async () => {
    const [system, browser] = await Promise.all([openSystem(), launchChromium()]);
    running = { system, browser };
  }, 120_000);
  afterEach(async () => {
    const pages = opened.splice(0);
    const faults = pages.flatMap((one) => one.guard.faults());
    for (const { close } of pages) await close();
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await running?.browser.close();
    await running?.system.stop();
  });
  return {
    system: () => started().system,
    browser: () => started().browser,
    open: async (path, options) => {
      const { browser, system } = started();
      const page = await openConsole(browser, system, path, options);
      opened.push(page);
      return page;
    },
  };
};

// Opens a page of the console in a browser, signed in and watched.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { withAxe } from './axe.ts';
import { type Guard, guard } from './guard.ts';
import type { ConsoleSystem } from './open-system.ts';

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
  readonly prepare?: (page: Page) => Promise<unknown>;
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

// Opens the console in a browser, signed in, for the tests of this folder.
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type OpenOptions, type OpenPage, openConsole } from './console-page.ts';
import { type ConsoleSystem, openSystem } from './open-system.ts';

export { switchTheme, themes } from './console-page.ts';

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

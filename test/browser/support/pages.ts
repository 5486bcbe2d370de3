// THE list of pages that every test of all pages visits, and the states in which it sees them. A page of the console that is not in
// the list fails `every-page.test.ts`.
import type { Page } from 'playwright-core';
import type { OpenOptions } from './console-page.ts';
import type { ConsoleSystem } from './open-system.ts';
import { eventOf } from './world.ts';

export interface ListedPage {
  /** Name of the page in names of tests and files. */
  readonly name: string;
  /** The path as the console's table of pages has it; several entries may show one page in different ways. */
  readonly of: string;
  /** Path and query from the base on. */
  readonly path: (system: ConsoleSystem) => string;
}

const page = (name: string, of: string, path: ListedPage['path'] = () => of): ListedPage => ({ name, of, path });
const event = (id: string): string => `/events/${encodeURIComponent(id)}`;

/** Each page of the console; extend it with every page. */
export const listedPages: readonly ListedPage[] = [
  page('events', '/events'),
  page('event-billed', '/events/$id', () => event(eventOf('billed'))),
  page('event-failed', '/events/$id', () => event(eventOf('wrongCustomer'))),
  page('event-conflict', '/events/$id', () => event(eventOf('conflict'))),
  page('event-hostile', '/events/$id', () => event('<img src=x onerror=alert(1)>')),
];

const isAboutPage = (url: URL): boolean => url.pathname.startsWith('/v1/') && url.pathname !== '/v1/whoami';

const answerAll =
  (answer: Parameters<Page['route']>[1]) =>
  (opened: Page): Promise<unknown> =>
    opened.route((url) => isAboutPage(url), answer);

const unavailable = {
  code: 'internal_error',
  message: 'An unexpected error occurred',
  http_status_code: 500,
};

/** States of what a page shows: data, an environment without any, no answer yet, or a failure. */
export const pageStates = {
  full: () => ({}),
  empty: ({ keys }: ConsoleSystem) => ({ key: keys.empty }),
  loading: () => ({ prepare: answerAll(() => undefined) }),
  failed: () => ({
    prepare: answerAll((route) =>
      route.fulfill({ status: 500, headers: { 'X-Request-ID': 'request-of-the-test', 'Retry-After': '0' }, json: unavailable }),
    ),
  }),
} as const satisfies Record<string, (system: ConsoleSystem) => OpenOptions>;
export type PageState = keyof typeof pageStates;
export const stateNames = Object.keys(pageStates).filter((name): name is PageState => name in pageStates);

/** Errors of the browser's console in a state: it reports each answer that is no success. */
export const expectedErrors: Readonly<Partial<Record<PageState, RegExp>>> = {
  failed: /Failed to load resource.* 500 /,
  // An event of the world is unknown in an environment without any.
  empty: /Failed to load resource.* 404 /,
};

/** Resolves once a page no longer changes, as far as its state lets it come. */
export const calmDown = async (opened: Page, state: PageState): Promise<void> => {
  if (state === 'loading') await opened.waitForTimeout(500);
  else {
    await opened.waitForLoadState('networkidle');
    await opened.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  }
  await opened.evaluate(() => document.fonts.ready);
};

// THE list of pages that every test of all pages visits, from the console's own table of pages, and the states in which it sees them.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { OpenOptions } from './console-page.ts';
import type { ConsoleSystem } from './open-system.ts';
import { eventOf, type World } from './world.ts';

export interface ListedPage {
  /** Name of the page in names of tests and files. */
  readonly name: string;
  /** Path and query from the base on. */
  readonly path: (system: ConsoleSystem) => string;
}

const pagesFolder = new URL('../../../console/src/pages/', import.meta.url);
const table = ['pages.ts', 'set-up-pages.ts']
  .map((file) => readFileSync(new URL(file, pagesFolder), 'utf8'))
  .join('\n');
/** Paths of the console's table of pages. */
const paths = [...table.matchAll(/^ {4}path: '([^']+)'/gm)].map(([, path = '']) => path);

/** Paths of pages to visit by what they show, for a page that is about something in the world, or has more than one look. */
type Examples = Readonly<Record<string, (world: World) => string>>;
const event = (id: string): string => `/events/${encodeURIComponent(id)}`;

const examples: Readonly<Record<string, Examples>> = {
  '/events': { all: () => '/events', selected: () => `/events?event=${eventOf('wrongCustomer')}` },
  '/events/$id': {
    billed: () => event(eventOf('billed')),
    failed: () => event(eventOf('wrongCustomer')),
    conflict: () => event(eventOf('conflict')),
    hostile: () => event('<img src=x onerror=alert(1)>'),
  },
  '/query': {
    nothing: () => '/query',
    windows: ({ meter }) => `/query?meter=${meter}&customer=acme&range=7d`,
    explain: ({ meter }) => `/query?meter=${meter}&customer=acme&show=explain`,
    compare: ({ meter }) => `/query?meter=${meter}&customer=acme&range=1d&show=compare`,
    period: ({ meter }) => `/query?meter=${meter}&customer=acme&when=period`,
  },
  '/charges/$id': { acme: ({ subscription }) => `/charges/${subscription}` },
  '/customers': { all: () => '/customers', none: () => '/customers?search=no-such-customer' },
  '/customers/$id': {
    acme: ({ customer }) => `/customers/${customer}`,
    edit: ({ customer }) => `/customers/${customer}?edit=1`,
  },
  '/subscriptions/new': { plan: ({ plan }) => `/subscriptions/new?plan=${plan}&customer=globex` },
  '/subscriptions/$id': {
    acme: ({ subscription }) => `/subscriptions/${subscription}`,
    add: ({ subscription }) => `/subscriptions/${subscription}?edit=add`,
    cancel: ({ subscription }) => `/subscriptions/${subscription}?edit=cancel`,
  },
  '/catalog/meters/$id': {
    tokens: ({ meter }) => `/catalog/meters/${meter}`,
    edit: ({ meter }) => `/catalog/meters/${meter}?edit=1`,
  },
  '/catalog/features/$id': { tokens: ({ feature }) => `/catalog/features/${feature}` },
  '/catalog/plans/$id': { tokens: ({ plan }) => `/catalog/plans/${plan}` },
  '/catalog/prices/new': { plan: ({ plan }) => `/catalog/prices/new?plan_id=${plan}` },
  '/catalog/prices/$id': {
    tokens: ({ price }) => `/catalog/prices/${price}`,
    change: ({ price }) => `/catalog/prices/${price}?edit=1`,
  },
  '/catalog/price-units/$id': { credits: ({ priceUnit }) => `/catalog/price-units/${priceUnit}` },
  '/send': {
    form: () => '/send',
    copy: () => `/send?from=${eventOf('wrongCustomer')}`,
    json: () => `/send?mode=json&from=${eventOf('billed')}&sent=${eventOf('billed')}`,
    several: () => '/send?mode=several',
  },
  '/start': { way: () => '/start', meter: () => '/start?step=meter' },
  '/keys': { all: () => '/keys', new: () => '/keys?new=1', none: () => '/keys?search=no-such-key' },
  '/api/$id': { list: () => '/api/listEvents', create: () => '/api/createPrice', unknown: () => '/api/nothing' },
  '/catalog/entitlements/$id': { tokens: ({ entitlement }) => `/catalog/entitlements/${entitlement}` },
};

const nameOf = (path: string, look = ''): string =>
  [...path.split('/').filter((part) => part !== ''), look].filter(Boolean).join('-').replaceAll('$', '') || 'overview';

/** Each page of the console as it is visited. */
export const listedPages: readonly ListedPage[] = paths.flatMap((path): readonly ListedPage[] => {
  const looks = examples[path];
  if (looks) {
    return Object.entries(looks).map(([look, pathIn]) => ({
      name: nameOf(path, look),
      path: ({ world }) => pathIn(world),
    }));
  }
  if (path.includes('$')) throw new Error(`${path} needs an example in test/browser/support/pages.ts`);
  return [{ name: nameOf(path), path: () => path }];
});

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
      route.fulfill({
        status: 500,
        headers: { 'X-Request-ID': 'request-of-the-test', 'Retry-After': '0' },
        json: unavailable,
      }),
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
    // A page that asks again and again may never be idle.
    await opened.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
    await opened.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  }
  await opened.evaluate(() => document.fonts.ready);
};

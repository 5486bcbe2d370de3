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
  page('customers', '/customers'),
  page('customers-none', '/customers', () => '/customers?search=no-such-customer'),
  page('customer-new', '/customers/new'),
  page('customer', '/customers/$id', ({ world }) => `/customers/${world.customer}`),
  page('customer-edit', '/customers/$id', ({ world }) => `/customers/${world.customer}?edit=1`),
  page('subscriptions', '/subscriptions'),
  page('subscription-new', '/subscriptions/new', ({ world }) => `/subscriptions/new?plan=${world.plan}`),
  page('subscription', '/subscriptions/$id', ({ world }) => `/subscriptions/${world.subscription}`),
  page('subscription-add', '/subscriptions/$id', ({ world }) => `/subscriptions/${world.subscription}?edit=add`),
  page('subscription-cancel', '/subscriptions/$id', ({ world }) => `/subscriptions/${world.subscription}?edit=cancel`),
  page('catalog', '/catalog'),
  page('meters', '/catalog/meters'),
  page('meter-new', '/catalog/meters/new'),
  page('meter', '/catalog/meters/$id', ({ world }) => `/catalog/meters/${world.meter}`),
  page('meter-edit', '/catalog/meters/$id', ({ world }) => `/catalog/meters/${world.meter}?edit=1`),
  page('features', '/catalog/features'),
  page('feature-new', '/catalog/features/new'),
  page('feature', '/catalog/features/$id', ({ world }) => `/catalog/features/${world.feature}`),
  page('plans', '/catalog/plans'),
  page('plan-new', '/catalog/plans/new'),
  page('plan', '/catalog/plans/$id', ({ world }) => `/catalog/plans/${world.plan}`),
  page('prices', '/catalog/prices'),
  page('price-new', '/catalog/prices/new', ({ world }) => `/catalog/prices/new?plan_id=${world.plan}`),
  page('price', '/catalog/prices/$id', ({ world }) => `/catalog/prices/${world.price}`),
  page('price-change', '/catalog/prices/$id', ({ world }) => `/catalog/prices/${world.price}?edit=1`),
  page('price-units', '/catalog/price-units'),
  page('price-unit-new', '/catalog/price-units/new'),
  page('price-unit', '/catalog/price-units/$id', ({ world }) => `/catalog/price-units/${world.priceUnit}`),
  page(
    'entitlement-new',
    '/catalog/entitlements/new',
    ({ world }) => `/catalog/entitlements/new?plan_id=${world.plan}`,
  ),
  page('entitlement', '/catalog/entitlements/$id', ({ world }) => `/catalog/entitlements/${world.entitlement}`),
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
    await opened.waitForLoadState('networkidle');
    await opened.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  }
  await opened.evaluate(() => document.fonts.ready);
};

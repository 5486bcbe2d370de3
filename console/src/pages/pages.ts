// THE table of pages. A page is a file that exports `Page`, loaded when it is first opened, and a row here; the router, the rail,
// the search and the shortcuts read this table.
import { ChargesSearchSchema, PickSearchSchema } from './charges/charges-search.ts';
import { EventSearchSchema } from './event/event-search.ts';
import { EventsSearchSchema } from './events/events-search.ts';
import { OverviewSearchSchema } from './overview/overview-search.ts';
import { QuerySearchSchema } from './query/query-search.ts';
import { catalogPages } from './catalog-pages.ts';
import type { PageEntry } from './page-entry.ts';
import { setUpPages } from './set-up-pages.ts';

export const pages: readonly PageEntry[] = [
  {
    path: '/',
    title: 'Overview',
    search: OverviewSearchSchema,
    load: () => import('./overview/overview-page.tsx'),
    rail: { icon: 'home', group: 'see' },
    key: 'o',
    needs: 'queryEvents',
  },
  {
    path: '/events',
    title: 'Events',
    search: EventsSearchSchema,
    load: () => import('./events/events-page.tsx'),
    rail: { icon: 'list', group: 'see' },
    key: 'e',
    needs: 'queryEvents',
  },
  {
    path: '/events/$id',
    title: 'Event',
    search: EventSearchSchema,
    load: () => import('./event/event-page.tsx'),
    needs: 'lookUpEvent',
  },
  {
    path: '/live',
    title: 'Live',
    search: EventsSearchSchema,
    load: () => import('./live/live-page.tsx'),
    rail: { icon: 'live', group: 'see' },
    key: 'l',
    needs: 'queryEvents',
  },
  {
    path: '/query',
    title: 'Query',
    search: QuerySearchSchema,
    load: () => import('./query/query-page.tsx'),
    rail: { icon: 'query', group: 'see' },
    key: 'q',
    needs: 'queryUsage',
  },
  {
    path: '/charges',
    title: 'Charges',
    search: PickSearchSchema,
    load: () => import('./charges/pick-page.tsx'),
    rail: { icon: 'receipt', group: 'bill' },
    key: 'c',
    needs: 'previewInvoice',
  },
  {
    path: '/charges/$id',
    title: 'Charges',
    search: ChargesSearchSchema,
    load: () => import('./charges/charges-page.tsx'),
    needs: 'previewInvoice',
  },
  ...catalogPages,
  ...setUpPages,
];

/** The page that `/` opens. */
export const firstPage = '/';

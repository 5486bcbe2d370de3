// Rows of the table of pages for whoever sets things up: the guided start, sending events, keys, and the reference of the API.
import { ApiSearchSchema } from './api/api-search.ts';
import { KeysSearchSchema } from './keys/keys-search.ts';
import type { PageEntry } from './page-entry.ts';
import { SendSearchSchema } from './send/send-search.ts';
import { StartSearchSchema } from './start/start-search.ts';

export const setUpPages: readonly PageEntry[] = [
  {
    path: '/start',
    title: 'Start',
    search: StartSearchSchema,
    load: () => import('./start/start-page.tsx'),
    rail: { icon: 'start', group: 'set up' },
    needs: 'listCustomers',
  },
  {
    path: '/send',
    title: 'Send events',
    search: SendSearchSchema,
    load: () => import('./send/send-page.tsx'),
    rail: { icon: 'send', group: 'set up' },
    key: 's',
    needs: 'ingestEvent',
  },
  {
    path: '/keys',
    title: 'API keys',
    search: KeysSearchSchema,
    load: () => import('./keys/keys-page.tsx'),
    rail: { icon: 'key', group: 'set up' },
    key: 'k',
    needs: 'listApiKeys',
  },
  {
    path: '/api',
    title: 'API reference',
    search: ApiSearchSchema,
    load: () => import('./api/api-page.tsx'),
    rail: { icon: 'book', group: 'set up' },
    key: 'd',
  },
  {
    path: '/api/$id',
    title: 'Operation',
    search: ApiSearchSchema,
    load: () => import('./api/api-page.tsx'),
  },
];

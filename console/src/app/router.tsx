// The router, built from the table of pages. The query of the URL stays text, and bad values fall back instead of failing.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router';
import * as v from 'valibot';
import { parseSearch, stringifySearch } from '../url/search-text.ts';
import { Shell } from '../shell/shell.tsx';
import { PageFailure } from './page-failure.tsx';
import { loadOnce } from './load-once.ts';
import { NotFound } from './not-found.tsx';
import { firstPage, pages } from '../pages/pages.ts';
import type { PageEntry } from '../pages/page-entry.ts';
import { Skeleton } from '../ui/states.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFailure });

const routeOf = ({ path, search, load }: PageEntry) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(() => loadOnce(load), 'Page'),
    ...(search && { validateSearch: (input: Record<string, unknown>) => withoutDefaults(search, input) }),
  });

/** Keeps only what is valid and not the default, so that the URL is short and right. */
const withoutDefaults = (
  search: v.GenericSchema<unknown, Readonly<Record<string, string>>>,
  input: Record<string, unknown>,
): Record<string, string> => {
  const defaults = v.parse(search, {});
  return Object.fromEntries(
    Object.entries(v.parse(search, input)).filter(([name, value]) => value !== (defaults[name] ?? '')),
  );
};

const hasHome = pages.some(({ path }) => path === '/');
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router redirects
    throw redirect({ to: firstPage, replace: true });
  },
});

export const openRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree: root.addChildren([...pages.map(routeOf), ...(hasHome ? [] : [home])]),
    basepath: import.meta.env.BASE_URL,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: Skeleton,
    defaultErrorComponent: PageFailure,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    ...(history && { history }),
  });

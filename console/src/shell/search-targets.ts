// Where a pasted id leads: the prefix of an id says what it is of.
import { pages } from '../pages/pages.ts';

export interface Target {
  readonly label: string;
  readonly note: string;
  readonly href: string;
}

interface Kind {
  readonly prefix: string;
  readonly note: string;
  readonly path: string;
}

const kinds: readonly Kind[] = [
  { prefix: 'cust_', note: 'customer', path: '/customers' },
  { prefix: 'subs_', note: 'subscription', path: '/subscriptions' },
  { prefix: 'meter_', note: 'meter', path: '/catalog/meters' },
  { prefix: 'feat_', note: 'feature', path: '/catalog/features' },
  { prefix: 'plan_', note: 'plan', path: '/catalog/plans' },
  { prefix: 'price_', note: 'price', path: '/catalog/prices' },
];

const isPage = (path: string): boolean => pages.some((page) => page.path === `${path}/$id`);

/** Returns what a text can be the id of: what its prefix says, and always an event, whose id may be any text. */
export const idTargets = (text: string): readonly Target[] => {
  const found = kinds.flatMap(({ prefix, note, path }) =>
    text.startsWith(prefix) && isPage(path) ? [{ label: text, note, href: `${path}/${encodeURIComponent(text)}` }] : [],
  );
  return [...found, { label: text, note: 'event with this id', href: `/events/${encodeURIComponent(text)}` }];
};

export const pageTargets = (text: string): readonly Target[] =>
  pages.flatMap(({ path, title, rail }) =>
    rail && title.toLowerCase().includes(text.toLowerCase()) ? [{ label: title, note: 'page', href: path }] : [],
  );

// Finds the known name that an unknown name was meant to be: a synonym or a typing error.
import { distance } from 'fastest-levenshtein';

/** Words that other APIs use; the first known one is suggested. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  limit: ['page_size'],
  per_page: ['page_size', 'limit'],
  size: ['page_size', 'limit'],
  page_size: ['limit'],
  page: ['iter_last_key', 'offset'],
  cursor: ['iter_last_key', 'offset'],
  after: ['iter_last_key', 'start_time'],
  filters: ['property_filters'],
  property_filters: ['filters'],
  from: ['start_time'],
  start: ['start_time'],
  end: ['end_time'],
  since: ['start_time'],
  to: ['end_time'],
  until: ['end_time'],
  direction: ['order'],
  customer: ['external_customer_id', 'customer_id'],
  customer_id: ['external_customer_id'],
  name: ['event_name'],
  event: ['event_name'],
  id: ['event_id'],
  data: ['properties'],
  metadata: ['properties'],
  time: ['timestamp'],
};

/** Longest name for which a suggestion is searched. */
const longestName = 64;
/** One letter in this many may differ. */
const lettersPerError = 3;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Returns the most likely known name, if there is one, ignoring case and separators. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
  const isKnown = (one: string): boolean => known.includes(one);
  const meant = Object.hasOwn(synonyms, name) ? synonyms[name]?.find(isKnown) : undefined;
  if (meant !== undefined || name.length > longestName) return meant;
  const asked = plain(name);
  // Without letters that are compared, every such name would be the nearest.
  if (asked === '') return undefined;
  const near = known
    .map((one) => ({ one, errors: distance(asked, plain(one)) }))
    .filter(({ one, errors }) => errors <= Math.floor(Math.min(asked.length, plain(one).length) / lettersPerError));
  return near.sort((a, b) => a.errors - b.errors)[0]?.one;
};

/** Returns the rule for an unknown name: `is not known; did you mean page_size?` */
export const unknownNameRule = (name: string, known: readonly string[]): string => {
  const near = nearestName(name, known);
  return near === undefined ? 'is not known' : `is not known; did you mean ${near}?`;
};

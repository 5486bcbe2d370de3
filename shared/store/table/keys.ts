// Builds every key of the table, and parses those that readers need. `#` separates; strings from outside are escaped, so that no two
// identities share a key. Hours are whole hours since the epoch, UTC.
import { scopeKey, type Scope } from '../../domain/ids.ts';
import { formatHour, parseHour } from '../../domain/time/instant.ts';
import type { SegmentPart } from '../../domain/events/segment-part.ts';
import type { TableKey } from './table.ts';

/** Prefix of the partition key of each kind of item. */
export const keyPrefixes = {
  claim: 'E#',
  segment: 'S#',
  feed: 'F#',
  arrival: 'T#',
  lateMarker: 'L#',
  dayPage: 'D#',
  account: 'C#',
  listed: 'K#',
  similarName: 'N#',
  pointer: 'I#',
  uniqueName: 'U#',
  scope: 'V#',
  apiKey: 'A#',
  rateBucket: 'R#',
} as const;
export type ItemKind = keyof typeof keyPrefixes;

/** Range of sort keys in one partition, both bounds inclusive. */
export interface KeyRange {
  readonly pk: string;
  readonly from: string;
  readonly to: string;
}

/** Types of listed things: items of the catalog, and directory rows of things that are stored elsewhere. */
export type ListedType =
  'METER' | 'FEATURE' | 'PLAN' | 'PRICE' | 'PRICE_UNIT' | 'ENTITLEMENT' | 'CUSTOMER' | 'SUBSCRIPTION' | 'API_KEY';
export type SimilarNameType = 'CUSTOMER' | 'EVENT_NAME';

/** Returns the size in bytes of the rest of an item with one binary attribute: its key, the attributes' names, a time to live. */
export const keyBytes = ({ pk, sk }: TableKey): number =>
  Buffer.byteLength(pk) + Buffer.byteLength(sk) + 'pkskbttl'.length + 6;

const escaped: Readonly<Record<string, string>> = { '%': '%25', '#': '%23', '*': '%2A' };
const plain: Readonly<Record<string, string>> = { '%25': '%', '%23': '#', '%2A': '*' };
const escape = (part: string): string => part.replace(/[%#*]/g, (character) => escaped[character] ?? character);
const unescape = (part: string): string =>
  part.includes('%') ? part.replace(/%(?:25|23|2A)/g, (code) => plain[code] ?? code) : part;

const twoDigits = (minute: number): string => String(minute).padStart(2, '0');
const fourDigits = (index: number): string => String(index).padStart(4, '0');
const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;
const monthOf = (hour: number): string => formatHour(hour).slice(0, -6);
const dayAndHour = (hour: number): string => formatHour(hour).slice(-5);

export const claimKey = (scope: Scope, eventId: string): TableKey => ({
  pk: `${keyPrefixes.claim}${scopeKey(scope)}#${escape(eventId)}`,
  sk: 'E',
});

const segmentPartition = (scope: Scope, customer: string, month: string): string =>
  `${keyPrefixes.segment}${scopeKey(scope)}#${escape(customer)}#${month}`;

export const segmentKey = (scope: Scope, part: SegmentPart): TableKey => ({
  pk: segmentPartition(scope, part.customer, monthOf(part.hour)),
  sk: `${dayAndHour(part.hour)}#${escape(part.name)}#${part.batchId}#${fourDigits(part.first)}-${fourDigits(part.last)}`,
});

const segmentSortKey = /^(\d\dT\d\d)#([^#]+)#([^#]{26})#(\d{4,})-(\d{4,})$/;
const segmentPartitionMonth = /#(\d{4}-\d\d)$/;

let known: { readonly ofMonth: string; readonly pk: string; readonly hour: number | undefined } | undefined;
/** Parses an hour, or returns the last one: keys are read in order, and most are of the same hour as the key before. */
const hourOfSegment = (pk: string, ofMonth: string): number | undefined => {
  if (known?.ofMonth === ofMonth && known.pk === pk) return known.hour;
  const hour = parseHour(`${segmentPartitionMonth.exec(pk)?.[1] ?? ''}-${ofMonth}`);
  known = { pk, ofMonth, hour };
  return hour;
};

/** Parses the key of a segment. `customer`: whose segments were read. Throws an Error on any other key. */
export const parseSegmentKey = (customer: string, { pk, sk }: TableKey): SegmentPart => {
  const [, ofMonth = '', name = '', batchId = '', first, last] = segmentSortKey.exec(sk) ?? [];
  const hour = hourOfSegment(pk, ofMonth);
  if (hour === undefined) throw new Error('not the key of a segment');
  return { customer, name: unescape(name), hour, batchId, first: Number(first), last: Number(last) };
};

/** Returns the range of the parts of one customer, event name, hour and batch that begin at or before `index`. */
export const segmentRangeOfEntry = (
  scope: Scope,
  part: Omit<SegmentPart, 'first' | 'last'>,
  index: number,
): KeyRange => {
  const pk = segmentPartition(scope, part.customer, monthOf(part.hour));
  const from = `${dayAndHour(part.hour)}#${escape(part.name)}#${part.batchId}#`;
  return { pk, from, to: `${from}${fourDigits(index)}.` };
};

const hoursPerDay = 24;

/** Returns the ranges of a customer's segments of the hours `fromHour` to `toHour`, both inclusive: one per month, oldest first. */
export const segmentRangesOfHours = (scope: Scope, customer: string, fromHour: number, toHour: number): KeyRange[] => {
  const ranges = new Map<string, KeyRange>();
  for (let hour = fromHour; hour <= toHour; hour += hoursPerDay - modulo(hour, hoursPerDay)) {
    const lastOfDay = Math.min(hour + hoursPerDay - 1 - modulo(hour, hoursPerDay), toHour);
    const pk = segmentPartition(scope, customer, monthOf(hour));
    const from = ranges.get(pk)?.from ?? `${dayAndHour(hour)}#`;
    ranges.set(pk, { pk, from, to: `${dayAndHour(lastOfDay)}$` });
  }
  return [...ranges.values()];
};

/** Returns the partition of feed items of one hour of event time; that of shard 0 has no suffix. */
export const feedPartition = (scope: Scope, hour: number, shard: number): string =>
  `${keyPrefixes.feed}${scopeKey(scope)}#${formatHour(hour)}${shard === 0 ? '' : `#${String(shard)}`}`;

/** Returns the sort key of a feed item. `minute`: of its newest event. A wide item spans more than the five minutes of readers. */
export const feedSortKey = (minute: number, isWide: boolean, ulid: string): string =>
  `${isWide ? 'w#' : ''}${twoDigits(minute)}#${ulid}`;

export const isWideFeedSortKey = (sk: string): boolean => sk.startsWith('w#');
export const minuteOfFeedSortKey = (sk: string): number => Number(sk.slice(0, 2));
// A range ends in the character after the separator: `$` comes after `#`, `.` after `-`.
export const wideFeedRange = (pk: string): KeyRange => ({ pk, from: 'w#', to: 'w$' });
/** Returns the range of the items that are not wide, of the minutes `from` to `to`, both inclusive. */
export const feedRangeOfMinutes = (pk: string, from: number, to: number): KeyRange => ({
  pk,
  from: twoDigits(from),
  to: `${twoDigits(to)}$`,
});
/** Returns the range of the same items from a minute on, followed by the wide ones. */
export const feedRangeFromMinute = (pk: string, from: number): KeyRange => ({ pk, from: twoDigits(from), to: 'w$' });

const dateOf = (day: number): string => formatHour(day * hoursPerDay).slice(0, -3);
/** Returns the partition of the arrivals of one day (whole days since the epoch, UTC, by the writer's clock) in one shard. */
export const arrivalPartition = (scope: Scope, day: number, shard: number): string =>
  `${keyPrefixes.arrival}${scopeKey(scope)}#${dateOf(day)}#${String(shard)}`;
/** Returns the sort key of an arrival; numbers begin at 1. */
export const arrivalSortKey = (number: number): string => String(number).padStart(10, '0');
export const numberOfArrival = (sk: string): number => Number(sk);

/** Returns the partition of late markers. `customer` null: the whole scope. */
export const lateMarkerPartition = (scope: Scope, customer: string | null): string =>
  `${keyPrefixes.lateMarker}${scopeKey(scope)}#${customer === null ? '*' : escape(customer)}`;
/** Returns the sort key of the item with the counters of the hour's day. */
export const lateMarkerDay = (hour: number): string => formatHour(hour).slice(0, -3);
/** Returns the attribute of the hour's counter. */
export const lateMarkerCounter = (hour: number): string => formatHour(hour).slice(-2);
export const hourOfLateMarker = (day: string, counter: string): number | undefined => parseHour(`${day}T${counter}`);

/** Returns the partition of a month of day pages. `customer` null: the whole scope; `definition`: the hash. */
export const dayPagePartition = (scope: Scope, customer: string | null, definition: string, day: number): string =>
  `${keyPrefixes.dayPage}${scopeKey(scope)}#${customer === null ? '*' : escape(customer)}#${definition}#${monthOf(day * hoursPerDay)}`;
/** Returns the sort key of a part of a page. `part`: its index. */
export const dayPageSortKey = (day: number, part: number): string => {
  const dayOfMonth = formatHour(day * hoursPerDay).slice(-5, -3);
  return part === 0 ? dayOfMonth : `${dayOfMonth}#${twoDigits(part)}`;
};
/** Returns the range of all parts of the pages of the days `fromDay` to `toDay`, whole days since the epoch, of one month. */
export const dayPageRange = (pk: string, fromDay: number, toDay: number): KeyRange => ({
  pk,
  from: dayPageSortKey(fromDay, 0),
  to: `${dayPageSortKey(toDay, 0)}$`,
});
const dayPageKey = /#(?<month>[^#]+)$/;
export const parseDayPageKey = ({ pk, sk }: TableKey): { readonly day: number; readonly part: number } => {
  const [dayOfMonth = '', part = '0'] = sk.split('#');
  const hour = parseHour(`${dayPageKey.exec(pk)?.groups?.['month'] ?? ''}-${dayOfMonth}T00`);
  if (hour === undefined || !/^\d+$/.test(part)) throw new Error('not the key of a day page');
  return { day: hour / hoursPerDay, part: Number(part) };
};

const accountPartition = (scope: Scope, externalCustomerId: string): string =>
  `${keyPrefixes.account}${scopeKey(scope)}#${escape(externalCustomerId)}`;
export const accountKey = (scope: Scope, externalCustomerId: string): TableKey => ({
  pk: accountPartition(scope, externalCustomerId),
  sk: 'CUSTOMER',
});
/** Returns the key under which a deleted customer's account is kept after another customer took the external id. */
export const replacedAccountKey = (scope: Scope, externalCustomerId: string, customerId: string): TableKey => ({
  pk: accountPartition(scope, externalCustomerId),
  sk: `CUSTOMER#${escape(customerId)}`,
});

/** Returns the partition of all things of one type; the sort key is their id. */
export const listedPartition = (scope: Scope, type: ListedType): string =>
  `${keyPrefixes.listed}${scopeKey(scope)}#${type}`;
export const listedKey = (scope: Scope, type: ListedType, id: string): TableKey => ({
  pk: listedPartition(scope, type),
  sk: id,
});

/** Returns the partition of one case-folded name; the sort keys are its exact forms, unescaped. */
export const similarNamePartition = (scope: Scope, type: SimilarNameType, folded: string): string =>
  `${keyPrefixes.similarName}${scopeKey(scope)}#${type}#${escape(folded)}`;
export const similarNameKey = (scope: Scope, type: SimilarNameType, folded: string, exact: string): TableKey => ({
  pk: similarNamePartition(scope, type, folded),
  sk: exact,
});

export const pointerKey = (scope: Scope, id: string): TableKey => ({
  pk: `${keyPrefixes.pointer}${scopeKey(scope)}#${escape(id)}`,
  sk: 'I',
});
export const uniqueNameKey = (scope: Scope, type: ListedType, field: string, value: string): TableKey => ({
  pk: `${keyPrefixes.uniqueName}${scopeKey(scope)}#${type}#${escape(field)}#${escape(value)}`,
  sk: 'U',
});

export const scopeItemKey = (scope: Scope): TableKey => ({ pk: `${keyPrefixes.scope}${scopeKey(scope)}`, sk: 'V' });

/** Returns the key of an API key. `sha256`: hash of the secret, lower-case hex. */
export const apiKeyItemKey = (sha256: string): TableKey => ({ pk: `${keyPrefixes.apiKey}${sha256}`, sk: 'A' });
export const rateBucketKey = (keyId: string): TableKey => ({
  pk: `${keyPrefixes.rateBucket}${escape(keyId)}`,
  sk: 'R',
});

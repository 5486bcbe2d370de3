// Stores day pages, which are derived and disposable. A page counts only when all of its parts are there, from the same fold.
import * as v from 'valibot';
import { ByteFormatError } from '../../domain/codec/byte-stream.ts';
import type { Scope } from '../../domain/ids.ts';
import { type DayPage, decodeDayPage, encodeDayPage } from '../../domain/usage/day-page.ts';
import { type Definition, hashOfDefinition } from '../../domain/usage/definition.ts';
import { dayPagePartition, dayPageRange, dayPageSortKey, parseDayPageKey } from '../table/keys.ts';
import { queryAll, type Table } from '../table/table.ts';

/** `customer` null: the whole scope. Days are whole days since the epoch, UTC. Every operation throws DependencyError. */
export interface DayPageStore {
  /**
   * Reads the complete pages of the days `fromDay` to `toDay`, which must be of one month. Pages may be stale, and unreadable ones
   * are left out: the caller checks their counters, and folds what is missing.
   */
  readonly readMonth: (
    scope: Scope,
    customer: string | null,
    definition: Definition,
    fromDay: number,
    toDay: number,
  ) => Promise<readonly DayPage[]>;
  /** Replaces all parts of the day's page. False: the page would be too large, and is not stored. */
  readonly put: (
    scope: Scope,
    customer: string | null,
    definition: Definition,
    page: DayPage,
    options: { readonly foldId: string; readonly expiresAt: number },
  ) => Promise<boolean>;
}

const defaultPartBytes = 64 * 1024;
/** 4 MB: a day of some 120,000 groups. */
const maxParts = 64;

const ItemSchema = v.object({
  pk: v.string(),
  sk: v.string(),
  b: v.instance(Uint8Array),
  f: v.string(),
  n: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
type Item = v.InferOutput<typeof ItemSchema>;

const toPage = (day: number, parts: readonly Item[], definition: Definition): DayPage | undefined => {
  const [first] = parts;
  if (first === undefined) return undefined;
  // A page that has become smaller leaves parts of an older fold behind.
  const ofFold = Array.from({ length: first.n }, (_, part) => parts.find(({ sk }) => sk === dayPageSortKey(day, part)));
  const bytes = ofFold.flatMap((part) => (part?.f === first.f && part.n === first.n ? [part.b] : []));
  if (bytes.length < first.n) return undefined;
  try {
    return decodeDayPage(Buffer.concat(bytes), day, definition);
  } catch (error) {
    // Of another version: the day is folded again.
    if (error instanceof ByteFormatError) return undefined;
    throw error;
  }
};

/** `partBytes`: maximum size of a part of a page; set by tests. */
export const createDayPageStore = (table: Table, partBytes = defaultPartBytes): DayPageStore => ({
  readMonth: async (scope, customer, definition, fromDay, toDay) => {
    const pk = dayPagePartition(scope, customer, hashOfDefinition(definition), fromDay);
    const parts: Item[] = [];
    for await (const items of queryAll(table, { ...dayPageRange(pk, fromDay, toDay), isStale: true })) {
      parts.push(...items.map((item) => v.parse(ItemSchema, item)));
    }
    const days = Map.groupBy(parts, (part) => parseDayPageKey(part).day);
    return [...days].flatMap(([day, ofDay]) => toPage(day, ofDay, definition) ?? []);
  },

  put: async (scope, customer, definition, page, { foldId, expiresAt }) => {
    const bytes = encodeDayPage(page, definition);
    const count = Math.max(1, Math.ceil(bytes.length / partBytes));
    if (count > maxParts) return false;
    const pk = dayPagePartition(scope, customer, hashOfDefinition(definition), page.day);
    await Promise.all(
      Array.from({ length: count }, (_, part) =>
        table.put(
          {
            pk,
            sk: dayPageSortKey(page.day, part),
            b: bytes.slice(part * partBytes, (part + 1) * partBytes),
            f: foldId,
            n: count,
            ttl: expiresAt,
          },
          { kind: 'none' },
        ),
      ),
    );
    return true;
  },
});

// Broken variants of how a page's parts are put together.
import * as v from 'valibot';
import { decodeDayPage, encodeDayPage } from '../../../shared/domain/day-page.ts';
import { hashOfDefinition } from '../../../shared/domain/definition.ts';
import { createDayPageStore } from '../../../shared/store/day-pages.ts';
import { dayPagePartition, dayPageRange, dayPageSortKey, parseDayPageKey } from '../../../shared/store/keys.ts';
import { queryAll } from '../../../shared/store/query-all.ts';
import type { System } from './system.ts';

type CreateStore = System['createDayPageStore'];

/** Parts of any folds make a page, if they are as many. */
export const pageWithoutFoldId: CreateStore = (table, partBytes) =>
  createDayPageStore(
    {
      ...table,
      query: async (query) => {
        const page = await table.query(query);
        return { ...page, items: page.items.map((item) => Object.assign({}, item, { f: '' })) };
      },
    },
    partBytes,
  );

const PartSchema = v.object({ pk: v.string(), sk: v.string(), b: v.instance(Uint8Array), f: v.string() });

/**
 * The product's encoding tells where it ends, so a page that lacks its last parts cannot be read, whatever it says of their
 * number. Here each part is complete in itself and holds some of the slots: what is there of one fold is taken for the page.
 */
export const pageWithoutNumberOfParts: CreateStore = (table) => ({
  readMonth: async (scope, customer, definition, fromDay, toDay) => {
    const pk = dayPagePartition(scope, customer, hashOfDefinition(definition), fromDay);
    const parts: v.InferOutput<typeof PartSchema>[] = [];
    for await (const items of queryAll(table, { ...dayPageRange(pk, fromDay, toDay), isStale: true })) {
      parts.push(...items.map((item) => v.parse(PartSchema, item)));
    }
    const days = Map.groupBy(parts, (part) => parseDayPageKey(part).day);
    return [...days].flatMap(([day, ofDay]) => {
      const first = ofDay.find(({ sk }) => sk === dayPageSortKey(day, 0));
      if (first === undefined) return [];
      const pieces = ofDay.filter(({ f }) => f === first.f).map(({ b }) => decodeDayPage(b, day, definition));
      const { hours } = decodeDayPage(first.b, day, definition);
      return [{ day, hours, slots: new Map(pieces.flatMap(({ slots }) => [...slots])) }];
    });
  },
  put: async (scope, customer, definition, { day, hours, slots }, { foldId, expiresAt }) => {
    const pk = dayPagePartition(scope, customer, hashOfDefinition(definition), day);
    const pieces = slots.size === 0 ? [[]] : [...slots].map((slot) => [slot]);
    await Promise.all(
      pieces.map((piece, part) => {
        const b = encodeDayPage({ day, hours, slots: new Map(piece) }, definition);
        const item = { pk, sk: dayPageSortKey(day, part), b, f: foldId, ttl: expiresAt };
        return table.put(item, { kind: 'none' });
      }),
    );
    return true;
  },
});

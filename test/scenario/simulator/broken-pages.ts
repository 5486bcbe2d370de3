// Broken variants of how a page's parts are put together.
import * as v from 'valibot';
import { decodeDayPage, encodeDayPage } from '../../../shared/domain/usage/day-page.ts';
import { hashOfDefinition } from '../../../shared/domain/usage/definition.ts';
import { dayPagePartition, dayPageRange, dayPageSortKey, parseDayPageKey } from '../../../shared/store/table/keys.ts';
import { queryAll } from '../../../shared/store/table/table.ts';
import type { System } from './system.ts';

type CreateStore = System['createDayPageStore'];

const PartSchema = v.object({
  pk: v.string(),
  sk: v.string(),
  b: v.instance(Uint8Array),
  f: v.string(),
  n: v.number(),
});
type Part = v.InferOutput<typeof PartSchema>;

/** The parts of a day that are taken for its page; its first part is among `parts`. */
type ChooseParts = (first: Part, parts: readonly Part[], day: number) => readonly Part[] | undefined;

/**
 * The product's encoding tells where it ends and has a checksum, so parts that do not belong together cannot be read, whatever
 * they say of themselves. Here each part is complete in itself and holds one of the slots.
 */
const storeOfCompleteParts =
  (choose: ChooseParts): CreateStore =>
  (table) => ({
    readMonth: async (scope, customer, definition, fromDay, toDay) => {
      const pk = dayPagePartition(scope, customer, hashOfDefinition(definition), fromDay);
      const parts: Part[] = [];
      for await (const items of queryAll(table, { ...dayPageRange(pk, fromDay, toDay), isStale: true })) {
        parts.push(...items.map((item) => v.parse(PartSchema, item)));
      }
      const days = Map.groupBy(parts, (part) => parseDayPageKey(part).day);
      return [...days].flatMap(([day, ofDay]) => {
        const first = ofDay.find(({ sk }) => sk === dayPageSortKey(day, 0));
        const chosen = first && choose(first, ofDay, day);
        if (first === undefined || chosen === undefined) return [];
        const { hours } = decodeDayPage(first.b, day, definition);
        const slots = chosen.flatMap(({ b }) => [...decodeDayPage(b, day, definition).slots]);
        return [{ day, hours, slots: new Map(slots) }];
      });
    },
    put: async (scope, customer, definition, { day, hours, slots }, { foldId, expiresAt }) => {
      const pk = dayPagePartition(scope, customer, hashOfDefinition(definition), day);
      const pieces = slots.size === 0 ? [[]] : [...slots].map((slot) => [slot]);
      await Promise.all(
        pieces.map((piece, part) => {
          const b = encodeDayPage({ day, hours, slots: new Map(piece) }, definition);
          const item = { pk, sk: dayPageSortKey(day, part), b, f: foldId, n: pieces.length, ttl: expiresAt };
          return table.put(item, { kind: 'none' });
        }),
      );
      return true;
    },
  });

/** Parts 0 to n−1, as the first part says, that fulfil a condition; undefined when one is not there. */
const allParts = (first: Part, parts: readonly Part[], day: number, isOf: (part: Part) => boolean) => {
  const found = Array.from({ length: first.n }, (_, index) => dayPageSortKey(day, index)).flatMap(
    (key) => parts.find((part) => part.sk === key && isOf(part)) ?? [],
  );
  return found.length === first.n ? found : undefined;
};

/** Parts of any folds make a page, if they are as many. */
export const pageWithoutFoldId = storeOfCompleteParts((first, parts, day) => allParts(first, parts, day, () => true));

/** Takes the parts of one fold that exist for the page. */
export const pageWithoutNumberOfParts = storeOfCompleteParts((first, parts) => parts.filter(({ f }) => f === first.f));

/** Nothing is broken: the rule of the product, over parts that are complete in themselves. */
export const pageOfCompleteParts = storeOfCompleteParts((first, parts, day) =>
  allParts(first, parts, day, ({ f, n }) => f === first.f && n === first.n),
);

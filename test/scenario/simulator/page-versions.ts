// Day pages as an eventually consistent read may see them: every part as it is now, or as it was at any time before.
import * as v from 'valibot';
import { keyPrefixes } from '../../../shared/store/table/keys.ts';
import type { StoredItem, TablePage } from '../../../shared/store/table/table.ts';
import type { Partitions, TableOperation } from '../../support/drivers/memory-table.ts';
import type { Counts } from './counts.ts';
import type { Dice } from './dice.ts';

const PartSchema = v.object({ sk: v.string(), f: v.string() });

const dayOfPart = (sk: string): string => sk.slice(0, 2);
const isFurtherPart = (sk: string): boolean => sk !== dayOfPart(sk);

/** Days of which the parts that were read are of different folds. */
const countTorn = (items: readonly unknown[]): number => {
  const parts = items.map((item) => v.parse(PartSchema, item));
  const days = Map.groupBy(parts, ({ sk }) => dayOfPart(sk));
  return [...days.values()].filter((ofDay) => new Set(ofDay.map(({ f }) => f)).size > 1).length;
};

export interface PageVersions {
  /** After the operation had its effect. */
  readonly record: (operation: TableOperation, counts: Counts) => void;
  /** Ages the answer of a stale query, as far as is allowed. */
  readonly age: (pk: string, page: TablePage, counts: Counts) => TablePage;
}

export const isDayPage = ({ pk }: { readonly pk: string }): boolean => pk.startsWith(keyPrefixes.dayPage);

export const createPageVersions = ({
  dice,
  partitions,
  stale,
}: {
  readonly dice: Dice;
  readonly partitions: Partitions;
  /** Chance of a part to be read in an older version. */
  readonly stale: number;
}): PageVersions => {
  const versions = new Map<string, StoredItem[]>();
  const versionsOf = (pk: string, sk: string): StoredItem[] => {
    const key = JSON.stringify([pk, sk]);
    const known = versions.get(key) ?? [];
    versions.set(key, known);
    return known;
  };
  return {
    record: (operation, counts) => {
      const { name, pk, sk } = operation;
      if (name !== 'put' || sk === undefined || !isDayPage(operation)) return;
      const item = partitions.get(pk)?.get(sk);
      if (item) versionsOf(pk, sk).push(item);
      if (isFurtherPart(sk)) counts.furtherParts += 1;
    },
    age: (pk, { items, ...page }, counts) => {
      const aged = items.flatMap((item) => {
        if (!dice.chance(stale)) return [item];
        counts.staleParts += 1;
        // undefined: from before it was first put.
        const older = dice.pick([undefined, ...versionsOf(pk, v.parse(PartSchema, item).sk)]);
        return older ? [older] : [];
      });
      counts.tornPages += countTorn(aged);
      return { ...page, items: aged };
    },
  };
};

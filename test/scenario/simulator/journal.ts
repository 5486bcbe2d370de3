// Records when items were written: the first put of each, and the last addition to it.
import type { TableKey } from '../../../shared/store/table/table.ts';
import type { TableOperation } from '../../support/drivers/memory-table.ts';

export interface Journal {
  /** `time` in UTC milliseconds. */
  readonly record: (operation: TableOperation, time: number) => void;
  readonly firstPut: (key: TableKey) => number | undefined;
  readonly lastAdd: (key: TableKey) => number | undefined;
}

const identity = ({ pk, sk }: TableKey): string => JSON.stringify([pk, sk]);

export const createJournal = (): Journal => {
  const puts = new Map<string, number>();
  const adds = new Map<string, number>();
  return {
    record: ({ name, pk, sk }, time) => {
      if (sk === undefined) return;
      const key = identity({ pk, sk });
      if (name === 'add') adds.set(key, time);
      else if (name === 'put' && !puts.has(key)) puts.set(key, time);
    },
    firstPut: (key) => puts.get(identity(key)),
    lastAdd: (key) => adds.get(identity(key)),
  };
};

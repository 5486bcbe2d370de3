// Who may touch what: the roles of the functions are made from this table, and the scenarios run under it. Nobody scans, and
// no function deletes.
import type { ItemKind } from './keys.ts';
import type { Table } from './table.ts';

export interface TableAccess {
  readonly operations: readonly (keyof Table)[];
  /** What its reading operations may reach. */
  readonly reads: readonly ItemKind[];
  /** What its writing operations may reach. */
  readonly writes: readonly ItemKind[];
}

/** By function. What is not listed is refused, by AWS as by the tests. */
export const tableAccess = {
  ingest: { operations: ['get', 'put'], reads: ['apiKey', 'rateBucket'], writes: ['rateBucket'] },
  processor: {
    operations: ['get', 'getMany', 'query', 'put', 'insertMany', 'add', 'set', 'setMapEntry'],
    reads: ['claim', 'segment', 'account', 'listed', 'similarName', 'scope'],
    writes: ['claim', 'segment', 'feed', 'lateMarker'],
  },
  query: {
    operations: ['get', 'getMany', 'query', 'put'],
    reads: [
      'claim',
      'segment',
      'feed',
      'lateMarker',
      'dayPage',
      'account',
      'listed',
      'similarName',
      'pointer',
      'scope',
      'apiKey',
      'rateBucket',
    ],
    writes: ['dayPage', 'rateBucket'],
  },
  catalog: {
    operations: ['get', 'getMany', 'query', 'put', 'insertMany', 'add', 'set'],
    reads: ['account', 'listed', 'pointer', 'uniqueName', 'scope', 'apiKey', 'rateBucket'],
    writes: ['account', 'listed', 'similarName', 'pointer', 'uniqueName', 'scope', 'apiKey', 'rateBucket'],
  },
} as const satisfies Record<'ingest' | 'processor' | 'query' | 'catalog', TableAccess>;

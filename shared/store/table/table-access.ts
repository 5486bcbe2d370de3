// Access of each function to the table: the functions' roles are generated from this, and the scenarios run under it. No function
// scans or deletes.
import type { ItemKind } from './keys.ts';
import type { Table } from './table.ts';

export interface TableAccess {
  readonly operations: readonly (keyof Table)[];
  /** Kinds of items that it may read. */
  readonly reads: readonly ItemKind[];
  /** Kinds of items that it may write. */
  readonly writes: readonly ItemKind[];
}

/** Access by function. AWS and the tests refuse everything else. */
export const tableAccess = {
  ingest: { operations: ['get', 'put'], reads: ['apiKey', 'rateBucket'], writes: ['rateBucket'] },
  processor: {
    operations: ['get', 'getMany', 'query', 'put', 'insertMany', 'add', 'set', 'setMapEntry'],
    reads: ['claim', 'segment', 'arrival', 'account', 'listed', 'similarName', 'scope'],
    writes: ['claim', 'segment', 'feed', 'arrival', 'lateMarker'],
  },
  query: {
    operations: ['get', 'getMany', 'query', 'put'],
    reads: [
      'claim',
      'segment',
      'feed',
      'arrival',
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

// Who may touch what: the roles of the functions are made from this table, and the scenarios run under it. Nobody scans, and
// no function deletes.
import type { ItemKind } from './keys.ts';

export interface TableAccess {
  readonly reads: readonly ItemKind[];
  readonly writes: readonly ItemKind[];
}

/** By function. What is not listed is refused, by AWS as by the tests. */
export const tableAccess = {
  ingest: { reads: ['apiKey', 'rateBucket'], writes: ['rateBucket'] },
  processor: {
    reads: ['claim', 'segment', 'card', 'listed', 'nearName', 'scope'],
    writes: ['claim', 'segment', 'feed', 'lateMarker'],
  },
  query: {
    reads: [
      'claim',
      'segment',
      'feed',
      'lateMarker',
      'dayPage',
      'card',
      'listed',
      'nearName',
      'scope',
      'apiKey',
      'rateBucket',
    ],
    writes: ['dayPage', 'rateBucket'],
  },
  catalog: {
    reads: ['card', 'listed', 'pointer', 'uniqueName', 'scope', 'apiKey', 'rateBucket'],
    writes: ['card', 'listed', 'nearName', 'pointer', 'uniqueName', 'scope', 'apiKey', 'rateBucket'],
  },
} as const satisfies Record<'ingest' | 'processor' | 'query' | 'catalog', TableAccess>;

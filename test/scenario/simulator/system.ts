// What is simulated: the product's own use cases and stores. A broken variant replaces one piece of it.
import { createBatchProcessor, type ProcessorDeps } from '../../../functions/processor/process-batches.ts';
import { createListEvents, type ListEventsDeps } from '../../../functions/query/list-events.ts';
import { type CatalogReader, createCatalogReader } from '../../../shared/store/catalog-reader.ts';
import { type CatalogStore, createCatalogStore } from '../../../shared/store/catalog-store.ts';
import type { Wait } from '../../../shared/store/settle.ts';
import type { Table } from '../../../shared/store/table.ts';
import type { Surroundings } from './sent.ts';

export type ProcessBatches = ReturnType<typeof createBatchProcessor>;
export type ListEvents = ReturnType<typeof createListEvents>;

export interface System {
  readonly createBatchProcessor: (deps: ProcessorDeps, surroundings: Surroundings) => ProcessBatches;
  readonly createListEvents: (deps: ListEventsDeps, surroundings: Surroundings) => ListEvents;
  readonly createCatalogReader: (
    deps: { readonly table: Table; readonly now: () => number },
    surroundings: Surroundings,
  ) => CatalogReader;
  readonly createCatalogStore: (table: Table, wait: Wait, surroundings: Surroundings) => CatalogStore;
}

export const product: System = { createBatchProcessor, createListEvents, createCatalogReader, createCatalogStore };

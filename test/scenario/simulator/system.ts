// What is simulated: the product's own use cases and stores. A broken variant replaces one piece of it.
import { createBatchProcessor, type ProcessorDeps } from '../../../functions/processor/process-batches.ts';
import { createListEvents, type ListEventsDeps } from '../../../functions/query/list-events.ts';
import { type CatalogReader, createCatalogReader } from '../../../shared/store/catalog-reader.ts';
import { type CatalogStore, createCatalogStore } from '../../../shared/store/catalog-store.ts';
import type { Wait } from '../../../shared/store/settle.ts';
import type { Table } from '../../../shared/store/table.ts';
import type { World } from './world.ts';

export type ProcessBatches = ReturnType<typeof createBatchProcessor>;
export type ListEvents = ReturnType<typeof createListEvents>;

export interface System {
  readonly createBatchProcessor: (deps: ProcessorDeps, world: World) => ProcessBatches;
  readonly createListEvents: (deps: ListEventsDeps, world: World) => ListEvents;
  readonly createCatalogReader: (
    deps: { readonly table: Table; readonly now: () => number },
    world: World,
  ) => CatalogReader;
  readonly createCatalogStore: (table: Table, wait: Wait, world: World) => CatalogStore;
}

export const product: System = { createBatchProcessor, createListEvents, createCatalogReader, createCatalogStore };

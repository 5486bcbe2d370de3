// The system under simulation: the product's own use cases and stores. A broken variant replaces one piece of it.
import { createBatchProcessor, type ProcessorDeps } from '../../../functions/processor/process-batches.ts';
import { foldUsage } from '../../../functions/query/fold/fold-usage.ts';
import type { FoldPart } from '../../../functions/query/fold/fold-session.ts';
import { createQueryUsage, type QueryUsageDeps } from '../../../functions/query/usage/query-usage.ts';
import { type ArrivalReaderDeps, createArrivalReader } from '../../../functions/query/events/arrival-reader.ts';
import { createListEvents, type ListEventsDeps } from '../../../functions/query/events/list-events.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { type CatalogReader, createCatalogReader } from '../../../shared/store/catalog/catalog-reader.ts';
import { type CatalogStore, createCatalogStore } from '../../../shared/store/catalog/catalog-store.ts';
import { createArrivalStore } from '../../../shared/store/events/arrivals.ts';
import { createDayPageStore } from '../../../shared/store/events/day-pages.ts';
import type { Wait } from '../../../shared/store/table/retry.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { openCatalog, type OpenCatalog } from './catalog-system.ts';
import type { Surroundings } from './sent.ts';

type ProcessBatches = ReturnType<typeof createBatchProcessor>;
type ListEvents = ReturnType<typeof createListEvents>;

/** The two ways to ask for usage. */
interface Usage {
  readonly fold: (scope: Scope, customer: string | null, parts: readonly FoldPart[]) => Promise<void>;
  readonly query: ReturnType<typeof createQueryUsage>;
}

export interface System {
  readonly createBatchProcessor: (deps: ProcessorDeps, surroundings: Surroundings) => ProcessBatches;
  readonly createListEvents: (deps: ListEventsDeps, surroundings: Surroundings) => ListEvents;
  readonly createArrivalStore: typeof createArrivalStore;
  readonly createArrivalReader: (
    deps: ArrivalReaderDeps,
    surroundings: Surroundings,
  ) => ReturnType<typeof createArrivalReader>;
  readonly createUsage: (deps: QueryUsageDeps, surroundings: Surroundings) => Usage;
  readonly createDayPageStore: typeof createDayPageStore;
  readonly createCatalogReader: (
    deps: { readonly table: Table; readonly now: () => number },
    surroundings: Surroundings,
  ) => CatalogReader;
  readonly createCatalogStore: (table: Table, wait: Wait, surroundings: Surroundings) => CatalogStore;
  readonly openCatalog: OpenCatalog;
}

export const product: System = {
  createBatchProcessor,
  createListEvents: (deps) => createListEvents(deps),
  createArrivalStore,
  createArrivalReader: (deps) => createArrivalReader(deps),
  createUsage: (deps) => ({ fold: (...asked) => foldUsage(deps, ...asked), query: createQueryUsage(deps) }),
  createDayPageStore,
  createCatalogReader,
  createCatalogStore,
  openCatalog,
};

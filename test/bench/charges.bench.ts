// Measures the preview of an invoice of 200 lines of usage over a month of 1,000,000 events: reads are counted, CPU is the
// product's own over a table whose items are ready, and what does not fit into one request is asked for again.
import { createFoldBudget } from '../../functions/query/fold/read-budget.ts';
import { createPreviewInvoice } from '../../functions/query/charges/preview-invoice.ts';
import type { InvoicePreviewBody } from '../../shared/api/bodies/invoices.ts';
import { ApiError } from '../../shared/api/http/problem.ts';
import {
  formatInstant,
  hourOf,
  msPerDay,
  msPerHour,
  msPerMinute,
  msPerSecond,
} from '../../shared/domain/time/instant.ts';
import { createAccountStore } from '../../shared/store/customers/accounts.ts';
import { createCatalogReader } from '../../shared/store/catalog/catalog-reader.ts';
import { createDayPageStore } from '../../shared/store/events/day-pages.ts';
import { createFeedStore } from '../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../shared/store/events/late-markers.ts';
import { createPointerStore } from '../../shared/store/customers/pointers.ts';
import { createScopeStore } from '../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../shared/store/events/segments.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { createUlids } from '../support/drivers/api-request.ts';
import { aScope } from '../support/builders/builders.ts';
import type { MemoryTable } from '../support/drivers/memory-table.ts';
import { createdAt, eventNames, lineCount, seedAnnualAllowances, seedCharges } from './charges-sample.ts';
import { createPagedTable } from './paged-table.ts';
import { countReads } from './read-units.ts';
import { dropPages } from './usage-cpu.bench.ts';
import { seedUsage } from './usage-sample.ts';
import { longAfter, monthEnd, monthStart } from './usage-units.bench.ts';
import { countWrites } from './write-units.ts';

interface PreviewCost {
  /** 503s before the answer. */
  readonly retries: number;
  readonly readUnits: number;
  readonly queries: number;
  readonly gets: number;
  readonly bytesRead: number;
  readonly writeUnits: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

export interface ChargesRow extends PreviewCost {
  readonly of: string;
  readonly state: string;
}

const events = 1_000_000;
const subscriptions = {
  calendar: createdAt,
  anniversary: createdAt + 7 * msPerMinute + 23 * msPerSecond,
} as const;
type SubscriptionId = keyof typeof subscriptions | 'annual';

const openPreview = (table: Table, now: number) =>
  createPreviewInvoice({
    now: () => now,
    scopes: createScopeStore(table),
    lateMarkers: createLateMarkerStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    dayPages: createDayPageStore(table),
    pointers: createPointerStore(table),
    readAccounts: createAccountStore(table).readMany,
    readCatalog: createCatalogReader({ table, now: () => now }).readView,
    readBacklog: () => Promise.resolve({ in_flight: { queue: 0, dead_letter_queue: 0 }, verified_through: null }),
    newUlid: createUlids(),
    startBudget: () => createFoldBudget(() => performance.now()),
    retentionDays: 0,
  });

const isToBeRetried = (error: unknown): boolean => error instanceof ApiError && error.code === 'service_unavailable';

/** Asks until there is an answer, as a client does. */
const askUntilAnswered = async (ask: () => Promise<InvoicePreviewBody>) => {
  for (let retries = 0; ; retries += 1) {
    try {
      return { retries, body: await ask() };
    } catch (error) {
      if (!isToBeRetried(error)) throw error;
    }
  }
};

/** Opens a counted preview of one process: each preview finds the catalog and the account that the one before has cached. */
const openCounted = (twin: MemoryTable, now: number) => {
  const { table: writing, count: writes } = countWrites(twin, ({ pk, sk }) => twin.partitions.get(pk)?.get(sk));
  const { table, count: reads } = countReads(writing);
  const preview = openPreview(table, now);
  return async (id: SubscriptionId, start: number): Promise<PreviewCost> => {
    Object.assign(reads, { units: 0, queries: 0, gets: 0, bytes: 0 });
    writes.units = 0;
    const request = JSON.stringify({ subscription_id: id, period_start: formatInstant(start) });
    const [cpu, since] = [process.cpuUsage(), performance.now()];
    const { retries, body } = await askUntilAnswered(() => preview(aScope, 'secret_1', request));
    JSON.stringify(body);
    const { user, system } = process.cpuUsage(cpu);
    const wallSeconds = (performance.now() - since) / 1e3;
    const uncharged = body.line_items.filter(({ amount }) => amount === '0');
    if (body.line_items.length !== lineCount || uncharged.length > 0) throw new Error('a line is not charged for');
    const { units: readUnits, queries, gets, bytes: bytesRead } = reads;
    const writeUnits = writes.units;
    const cpuSeconds = (user + system) / 1e6;
    return { retries, readUnits, queries, gets, bytesRead, writeUnits, cpuSeconds, wallSeconds };
  };
};

/** After the first. */
const countedRounds = 5;

const medianOf = (rounds: readonly PreviewCost[]): PreviewCost => {
  const median = [...rounds].sort((a, b) => a.wallSeconds - b.wallSeconds)[rounds.length >> 1];
  if (median === undefined) throw new Error('nothing was measured');
  return median;
};

/** Half of the sample is before it, in the same windows of allowances. */
const midMonth = monthStart + 14 * msPerDay;

/** The month without pages and with them, then the periods that begin within a quarter hour, and an open month. */
export const measureCharges = async (): Promise<readonly ChargesRow[]> => {
  const table = createPagedTable();
  await seedCharges(table, subscriptions);
  const hours = (monthEnd - monthStart) / msPerHour;
  const sample = { firstHour: hourOf(monthStart), hours, events, eventsPerBatch: 100, names: eventNames };
  await seedUsage(table, { workload: 'llm calls', ...sample });

  const rows: ChargesRow[] = [];
  const preview = openCounted(table, longAfter);
  rows.push({ of: 'calendar month', state: 'cold', ...(await preview('calendar', monthStart)) });
  const warm = async (of: string, ask: () => Promise<PreviewCost>): Promise<void> => {
    await ask();
    const rounds: PreviewCost[] = [];
    for (let round = 0; round < countedRounds; round += 1) rounds.push(await ask());
    rows.push({ of, state: 'warm', ...medianOf(rounds) });
  };
  await warm('calendar month', () => preview('calendar', monthStart));
  const since = monthStart + subscriptions.anniversary - createdAt;
  await warm('month from 00:07:23', () => preview('anniversary', since));
  await dropPages(table);
  const early = openCounted(table, monthEnd - 30 * msPerMinute);
  await warm('open month, its last half hour', () => early('calendar', monthStart));
  await seedAnnualAllowances(table, 'annual', midMonth);
  const annual = openCounted(table, longAfter);
  await warm('from the 15th, 60 allowances a year', () => annual('annual', midMonth));
  return rows;
};

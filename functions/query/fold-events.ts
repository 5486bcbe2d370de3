// Folding events: one customer's hours from its segments, an hour of the whole scope from the feed and what it refers to. An
// event counts once: parts of one batch may overlap where a deployment cut them differently, and the feed has repeats.
import { mapConcurrently } from '../../shared/domain/concurrency.ts';
import type { Definition } from '../../shared/domain/definition.ts';
import type { OpenFeedItem } from '../../shared/domain/feed-item.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import type { SegmentPart } from '../../shared/domain/segment-part.ts';
import { foldInto, type SlotStates } from '../../shared/domain/usage-fold.ts';
import type { FoldedColumns } from '../../shared/domain/usage-reading.ts';
import type { FeedStore } from '../../shared/store/feed.ts';
import type { OpenPart, SegmentStore } from '../../shared/store/segments.ts';

export interface FoldEventsDeps {
  readonly feed: Pick<FeedStore, 'openHour'>;
  readonly segments: Pick<SegmentStore, 'openHours' | 'openMany'>;
}

export interface Fold {
  readonly scope: Scope;
  readonly definition: Definition;
  /** Beginning of an event's slot; undefined: it is not asked for. */
  readonly slotOf: (timestamp: number) => number | undefined;
  readonly states: SlotStates;
  /** Told of how many events were looked at. */
  readonly onEvents: (count: number) => void;
}

const foldColumns = (fold: Fold, columns: FoldedColumns, isOwn?: (event: number) => boolean): void => {
  fold.onEvents(columns.count);
  foldInto(fold.states, fold.definition, columns, fold.slotOf, isOwn);
};

/** Whether an index may be in two of the parts, which are of one customer, name, hour and batch. */
const hasOverlap = (parts: readonly SegmentPart[]): boolean => {
  let last = -1;
  for (const part of [...parts].sort((a, b) => a.first - b.first || a.last - b.last)) {
    if (part.first <= last) return true;
    last = part.last;
  }
  return false;
};

/** True for an id that was not asked for before. */
const createNovelty = (): ((id: string | undefined) => boolean) => {
  const seen = new Set<string>();
  return (id = '') => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  };
};

/** Distinct parts of one customer, name, hour and batch. */
const foldBatch = (fold: Fold, opened: readonly OpenPart[]): void => {
  if (!hasOverlap(opened.map(({ part }) => part))) {
    for (const { columns } of opened) foldColumns(fold, columns);
    return;
  }
  const isNew = createNovelty();
  for (const { columns } of opened) {
    const ids = columns.ids();
    foldColumns(fold, columns, (event) => isNew(ids[event]));
  }
};

/**
 * A customer's hours `fromHour` to `toHour` (both inclusive, whole hours since the epoch), ascending. Stops before an hour
 * for which `isSpent`; answers the last hour that is folded completely.
 */
export const foldCustomerHours = async (
  deps: FoldEventsDeps,
  fold: Fold,
  customer: string,
  [fromHour, toHour]: readonly [number, number],
  isSpent: () => boolean,
): Promise<number> => {
  const { eventName } = fold.definition;
  let batch: OpenPart[] = [];
  for await (const parts of deps.segments.openHours(fold.scope, customer, eventName, fromHour, toHour)) {
    for (const opened of parts) {
      const before = batch[0]?.part;
      if (before && (before.hour !== opened.part.hour || before.batchId !== opened.part.batchId)) {
        foldBatch(fold, batch);
        batch = [];
        if (before.hour !== opened.part.hour && isSpent()) return opened.part.hour - 1;
      }
      batch.push(opened);
    }
  }
  foldBatch(fold, batch);
  return toHour;
};

const batchKey = ({ customer, batchId }: SegmentPart): string => JSON.stringify([customer, batchId]);
const partKey = ({ customer, batchId, first, last }: SegmentPart): string =>
  JSON.stringify([customer, batchId, first, last]);

/** What of an hour's feed has been folded: every delivery of a batch writes feed items of its own. */
interface Progress {
  readonly overlapping: ReadonlySet<string>;
  readonly partsDone: Set<string>;
  readonly novelty: Map<string, ReturnType<typeof createNovelty>>;
}

const noveltyOf = ({ novelty }: Progress, key: string): ReturnType<typeof createNovelty> => {
  const known = novelty.get(key) ?? createNovelty();
  novelty.set(key, known);
  return known;
};

/** The inline events of an item in one go, so that each column is read once. */
const foldItem = (fold: Fold, progress: Progress, { inline, columns }: OpenFeedItem): void => {
  const own = new Uint8Array(columns.count);
  for (const { part, first, count } of inline) {
    if (part.name !== fold.definition.eventName) continue;
    const key = partKey(part);
    if (progress.partsDone.has(key)) continue;
    progress.partsDone.add(key);
    const batch = batchKey(part);
    if (!progress.overlapping.has(batch)) {
      own.fill(1, first, first + count);
      continue;
    }
    const [isNew, ids] = [noveltyOf(progress, batch), columns.ids()];
    for (let event = first; event < first + count; event += 1) own[event] = isNew(ids[event]) ? 1 : 0;
  }
  if (own.includes(1)) foldColumns(fold, columns, own.includes(0) ? (event) => own[event] === 1 : undefined);
};

const referencesAtOnce = 100;
const requestsAtOnce = 4;

/** One hour of the whole scope. */
export const foldScopeHour = async (
  deps: FoldEventsDeps,
  fold: Fold,
  hour: number,
  feedShards: number,
): Promise<void> => {
  const { scope, definition } = fold;
  const items = await deps.feed.openHour(scope, hour, feedShards);
  const parts = new Map<string, SegmentPart>();
  for (const { inline, references } of items) {
    for (const { part } of [...inline, ...references]) {
      if (part.name === definition.eventName) parts.set(partKey(part), part);
    }
  }
  const batches = Map.groupBy(parts.values(), batchKey);
  const overlapping = new Set([...batches].flatMap(([key, ofBatch]) => (hasOverlap(ofBatch) ? [key] : [])));
  const progress: Progress = { overlapping, partsDone: new Set(), novelty: new Map() };
  for (const item of items) foldItem(fold, progress, item);
  const wanted = [...parts].flatMap(([key, part]) => (progress.partsDone.has(key) ? [] : [part]));
  const chunks = Array.from({ length: Math.ceil(wanted.length / referencesAtOnce) }, (_, chunk) =>
    wanted.slice(chunk * referencesAtOnce, (chunk + 1) * referencesAtOnce),
  );
  await mapConcurrently(chunks, requestsAtOnce, async (chunk) => {
    for (const [place, columns] of (await deps.segments.openMany(scope, chunk)).entries()) {
      const part = chunk[place];
      if (part === undefined) throw new Error('more segments than were asked for');
      const batch = batchKey(part);
      if (!overlapping.has(batch)) foldColumns(fold, columns);
      else {
        const [isNew, ids] = [noveltyOf(progress, batch), columns.ids()];
        foldColumns(fold, columns, (event) => isNew(ids[event]));
      }
    }
  });
};

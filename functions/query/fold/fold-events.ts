// Folds events: one customer's hours from its segments, an hour of the whole scope from the feed and the segments it refers to. An
// event counts once: parts of one batch may overlap if a deployment split them differently, and the feed has repeats.
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import type { Definition } from '../../../shared/domain/usage/definition.ts';
import type { OpenFeedItem } from '../../../shared/domain/codec/feed-item.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import { foldInto, type SlotStates } from '../../../shared/domain/usage/usage-fold.ts';
import type { FoldedColumns } from '../../../shared/domain/usage/folded-columns.ts';
import type { FeedStore } from '../../../shared/store/events/feed.ts';
import type { PackedPart, SegmentStore } from '../../../shared/store/events/segments.ts';
import type { FoldSession } from './fold-session.ts';
import { BudgetExhausted } from './read-budget.ts';

export interface FoldEventsDeps {
  readonly feed: Pick<FeedStore, 'openHour'>;
  readonly segments: Pick<SegmentStore, 'openHours' | 'openMany'>;
}

/** A fold of one definition: which events it takes, and the states they come to. Several folds share one reading. */
export interface Fold {
  readonly definition: Definition;
  /** Whole hours since the epoch whose events it takes. */
  readonly hours: ReadonlySet<number>;
  /** Returns the start of an event's slot; undefined: it is not asked for. */
  readonly slotOf: (timestamp: number) => number | undefined;
  readonly states: SlotStates;
}

const foldsOf = (folds: readonly Fold[], { name, hour }: Pick<SegmentPart, 'name' | 'hour'>): readonly Fold[] =>
  folds.filter(({ definition, hours }) => definition.eventName === name && hours.has(hour));

/** Folds events of one name, and of an hour that all of `folds` take. Throws BudgetExhausted when there is no time for more. */
const foldColumns = (
  { budget }: FoldSession,
  folds: readonly Fold[],
  columns: FoldedColumns,
  isOwn?: (event: number) => boolean,
): void => {
  for (const { states, definition, slotOf } of folds) {
    budget.spendEvents(columns.count);
    if (budget.isExhausted()) throw new BudgetExhausted();
    foldInto(states, definition, columns, slotOf, isOwn);
  }
};

/** Returns whether two of the parts may share an index. They are of one customer, name, hour and batch. */
const hasOverlap = (parts: readonly SegmentPart[]): boolean => {
  let last = -1;
  for (const part of [...parts].sort((a, b) => a.first - b.first || a.last - b.last)) {
    if (part.first <= last) return true;
    last = part.last;
  }
  return false;
};

/** Creates a check that is true for an id the first time it is asked. */
const createFirstSeen = (): ((id: string | undefined) => boolean) => {
  const seen = new Set<string>();
  return (id = '') => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  };
};

/** Returns which events of the columns are seen for the first time. */
const ownOf = (isNew: ReturnType<typeof createFirstSeen>, ids: readonly string[]): ((event: number) => boolean) => {
  const own = ids.map(isNew);
  return (event) => own[event] ?? false;
};

/** Folds distinct parts of one customer, name, hour and batch. */
const foldBatch = (session: FoldSession, all: readonly Fold[], parts: readonly PackedPart[]): void => {
  const [first] = parts;
  const folds = first === undefined ? [] : foldsOf(all, first.part);
  if (folds.length === 0) return;
  const isNew = hasOverlap(parts.map(({ part }) => part)) ? createFirstSeen() : undefined;
  for (const { open } of parts) {
    const columns = open();
    foldColumns(session, folds, columns, isNew && ownOf(isNew, columns.ids()));
  }
};

const isSameBatch = (a: SegmentPart, b: SegmentPart): boolean =>
  a.hour === b.hour && a.name === b.name && a.batchId === b.batchId;

/**
 * Folds a customer's hours `fromHour` to `toHour` (both inclusive, whole hours since the epoch), ascending. Reports the last hour up
 * to which they are folded completely. Stops before the next hour once `isSpent`.
 */
export const foldCustomerHours = async (
  deps: FoldEventsDeps,
  session: FoldSession,
  folds: readonly Fold[],
  customer: string,
  [fromHour, toHour]: readonly [number, number],
  { isSpent, onFolded }: { readonly isSpent: () => boolean; readonly onFolded: (lastHour: number) => void },
): Promise<void> => {
  const names = new Set(folds.map(({ definition }) => definition.eventName));
  let batch: PackedPart[] = [];
  for await (const parts of deps.segments.openHours(session.scope, customer, names, fromHour, toHour)) {
    for (const packed of parts) {
      const before = batch[0]?.part;
      if (before && !isSameBatch(before, packed.part)) {
        foldBatch(session, folds, batch);
        batch = [];
        if (before.hour !== packed.part.hour) {
          onFolded(packed.part.hour - 1);
          if (isSpent()) return;
        }
      }
      batch.push(packed);
    }
  }
  foldBatch(session, folds, batch);
  onFolded(toHour);
};

/** Keys a batch of a customer. Cheap, because every part of a feed needs it twice: the length tells the two texts apart. */
const batchKey = ({ customer, batchId }: SegmentPart): string => `${String(batchId.length)} ${batchId}${customer}`;
const partKey = (part: SegmentPart): string => `${String(part.first)} ${String(part.last)} ${batchKey(part)}`;

/** Returns the keys of batches with parts that overlap. Most batches have one part. */
const overlappingBatches = (parts: Iterable<SegmentPart>): ReadonlySet<string> => {
  const firsts = new Map<string, SegmentPart>();
  const several = new Map<string, SegmentPart[]>();
  for (const part of parts) {
    const key = batchKey(part);
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, part);
      continue;
    }
    const ofBatch = several.get(key) ?? [first];
    ofBatch.push(part);
    several.set(key, ofBatch);
  }
  return new Set([...several].flatMap(([key, ofBatch]) => (hasOverlap(ofBatch) ? [key] : [])));
};

/** Progress of one name in an hour's feed: every delivery of a batch writes feed items of its own, so parts repeat. */
interface Progress {
  readonly name: string;
  readonly folds: readonly Fold[];
  readonly overlapping: ReadonlySet<string>;
  /** Parts that are not folded yet, by key. */
  readonly partsLeft: Map<string, SegmentPart>;
  readonly firstSeen: Map<string, ReturnType<typeof createFirstSeen>>;
}

const firstSeenOf = ({ firstSeen }: Progress, key: string): ReturnType<typeof createFirstSeen> => {
  const known = firstSeen.get(key) ?? createFirstSeen();
  firstSeen.set(key, known);
  return known;
};

/** Folds the inline events of an item together, so that each column is read once. */
const foldItem = (session: FoldSession, progress: Progress, { inline, columns }: OpenFeedItem): void => {
  const own = new Uint8Array(columns.count);
  for (const { part, first, count } of inline) {
    if (part.name !== progress.name) continue;
    if (!progress.partsLeft.delete(partKey(part))) continue;
    const batch = progress.overlapping.size === 0 ? '' : batchKey(part);
    if (!progress.overlapping.has(batch)) {
      own.fill(1, first, first + count);
      continue;
    }
    const [isNew, ids] = [firstSeenOf(progress, batch), columns.ids()];
    for (let event = first; event < first + count; event += 1) own[event] = isNew(ids[event]) ? 1 : 0;
  }
  if (!own.includes(1)) return;
  foldColumns(session, progress.folds, columns, own.includes(0) ? (event) => own[event] === 1 : undefined);
};

const referencesAtOnce = 100;
const requestsAtOnce = 4;

/** Folds one name's events of an hour. */
const foldName = async (
  deps: FoldEventsDeps,
  session: FoldSession,
  name: string,
  folds: readonly Fold[],
  items: readonly OpenFeedItem[],
): Promise<void> => {
  const partsLeft = new Map<string, SegmentPart>();
  for (const { inline, references } of items) {
    for (const { part } of [...inline, ...references]) if (part.name === name) partsLeft.set(partKey(part), part);
  }
  const overlapping = overlappingBatches(partsLeft.values());
  const progress: Progress = { name, folds, overlapping, partsLeft, firstSeen: new Map() };
  for (const item of items) foldItem(session, progress, item);
  const wanted = [...partsLeft.values()];
  const chunks = Array.from({ length: Math.ceil(wanted.length / referencesAtOnce) }, (_, chunk) =>
    wanted.slice(chunk * referencesAtOnce, (chunk + 1) * referencesAtOnce),
  );
  await mapConcurrently(chunks, requestsAtOnce, async (chunk) => {
    for (const { part, open } of await deps.segments.openMany(session.scope, chunk)) {
      const columns = open();
      const batch = batchKey(part);
      const isNew = overlapping.has(batch) ? firstSeenOf(progress, batch) : undefined;
      foldColumns(session, folds, columns, isNew && ownOf(isNew, columns.ids()));
    }
  });
};

/** Folds one hour of the whole scope. Returns false if it was not begun: `isSpent` was true once the feed was read. */
export const foldScopeHour = async (
  deps: FoldEventsDeps,
  session: FoldSession,
  all: readonly Fold[],
  hour: number,
  isSpent: () => boolean,
): Promise<boolean> => {
  const { scope, hours } = session;
  const folds = all.filter((fold) => fold.hours.has(hour));
  const items = folds.length === 0 ? [] : await deps.feed.openHour(scope, hour, hours.feedShards);
  if (isSpent()) return false;
  for (const [name, ofName] of Map.groupBy(folds, ({ definition }) => definition.eventName)) {
    await foldName(deps, session, name, ofName, items);
  }
  return true;
};

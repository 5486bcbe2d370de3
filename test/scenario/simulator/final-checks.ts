// When all is quiet: everything sent is there, once, in its segment, in the feed and in the lists; marked where it was late;
// decided with every change that was answered before it came.
import { isDeepStrictEqual } from 'node:util';
import type { Scope } from '../../../shared/domain/ids.ts';
import { formatHour, hourOf, msPerDay, msPerHour } from '../../../shared/domain/instant.ts';
import { graceMs } from '../../../shared/domain/late-hour.ts';
import { decodeFeedItem, type FeedEntry } from '../../../shared/domain/feed-item.ts';
import type { SegmentPart } from '../../../shared/domain/segment-part.ts';
import { createClaimStore } from '../../../shared/store/claims.ts';
import { feedPartition, lateMarkerDay, lateMarkerPartition, segmentKey } from '../../../shared/store/keys.ts';
import { createSegmentStore, type StoredPart } from '../../../shared/store/segments.ts';
import { checkList } from './readers.ts';
import type { Winner, World } from './world.ts';

const feedShards = 3;
/** Two clocks' errors. */
const skewMs = 2_000;

interface FeedRow {
  readonly entry: FeedEntry;
  readonly writtenAt: number;
}

const readFeed = (world: World, scope: Scope, hour: number): FeedRow[] =>
  Array.from({ length: feedShards }, (_, shard) => feedPartition(scope, hour, shard)).flatMap((pk) =>
    [...(world.partitions.get(pk)?.values() ?? [])].flatMap((item) => {
      const writtenAt = world.journal.firstPut(item) ?? NaN;
      const bytes = item['b'];
      if (!(bytes instanceof Uint8Array)) throw new Error('a feed item without bytes');
      return decodeFeedItem(bytes, hour).map((entry) => ({ entry, writtenAt }));
    }),
  );

const readSegments = async (world: World, scope: Scope, hours: readonly number[]): Promise<StoredPart[]> => {
  const parts: StoredPart[] = [];
  for (const customer of world.customers) {
    for (const hour of hours) {
      for await (const page of createSegmentStore(world.table).readHours(scope, customer, hour, hour))
        parts.push(...page);
    }
  }
  return parts;
};

const samePart = (part: StoredPart['part']): string => JSON.stringify(part);

const checkSegments = (world: World, scope: Scope, parts: readonly StoredPart[]): Map<string, StoredPart> => {
  const placeOf = new Map<string, StoredPart>();
  const isOneLayout = world.dials.deployments.length === 0;
  for (const stored of parts) {
    for (const { event } of stored.contents.entries) {
      const winner = world.winnerOf(scope, event.id);
      const { batchId, first, last } = stored.part;
      const isOwner = winner?.sent.batch.id === batchId && winner.index >= first && winner.index <= last;
      if (!isOwner || !isDeepStrictEqual(winner.event, event))
        world.fail(`a segment holds what does not own ${event.id}`);
      const place = placeOf.get(event.id);
      if (place === undefined) placeOf.set(event.id, stored);
      else if (isOneLayout || place.part.batchId !== batchId) world.fail(`in two segments: ${event.id}`);
    }
  }
  return placeOf;
};

const checkFeed = (world: World, rows: readonly FeedRow[], parts: readonly StoredPart[]): ReadonlySet<string> => {
  const byIdentity = new Map(parts.map((stored) => [samePart(stored.part), stored]));
  const ids = new Set<string>();
  for (const { entry } of rows) {
    const stored = byIdentity.get(samePart(entry.part));
    if (stored === undefined) world.fail(`the feed names a part that is not there: ${samePart(entry.part)}`);
    else if (entry.kind === 'inline' && !isDeepStrictEqual(entry.contents, stored.contents)) {
      world.fail(`the feed holds other contents than the segment ${samePart(entry.part)}`);
    }
    const { contents } = entry.kind === 'inline' ? entry : (stored ?? { contents: { entries: [] } });
    for (const { event } of contents.entries) ids.add(event.id);
  }
  return ids;
};

/** A marker was raised after the data of a late hour, so that who sealed the hour before it sees it. */
const checkMarkers = (world: World, scope: Scope, rows: readonly FeedRow[], parts: readonly StoredPart[]): void => {
  const { journal } = world;
  const expectMarker = (customer: string | null, { hour, batchId }: SegmentPart, writtenAt: number): void => {
    const isLate = writtenAt > (hour + 1) * msPerHour + graceMs + skewMs;
    // What was far ahead when it was written may be so no more when that is confirmed.
    const acknowledgedAt = world.batches.find(({ batch }) => batch.id === batchId)?.acknowledgedAt ?? NaN;
    const isFarAhead = hour * msPerHour > acknowledgedAt + msPerDay + skewMs;
    const raisedAt = journal.lastAdd({ pk: lateMarkerPartition(scope, customer), sk: lateMarkerDay(hour) }) ?? 0;
    if ((isLate || isFarAhead) && raisedAt < writtenAt) {
      world.fail(`no marker of ${customer ?? 'the scope'} after what came into ${formatHour(hour)}`);
    }
  };
  for (const { part } of parts) expectMarker(part.customer, part, journal.firstPut(segmentKey(scope, part)) ?? NaN);
  const firstInFeed = new Map<string, FeedRow>();
  for (const row of rows) {
    const known = firstInFeed.get(samePart(row.entry.part));
    if (known === undefined || row.writtenAt < known.writtenAt) firstInFeed.set(samePart(row.entry.part), row);
  }
  for (const { entry, writtenAt } of firstInFeed.values()) expectMarker(null, entry.part, writtenAt);
};

const checkDecisions = (
  world: World,
  scope: Scope,
  winners: readonly Winner[],
  places: Map<string, StoredPart>,
): void => {
  for (const { event, sent } of winners) {
    const decision = places.get(event.id)?.contents.entries.find((entry) => entry.event.id === event.id)?.decision;
    for (const promised of world.promised) {
      if (promised.scope !== scope || promised.answeredAt >= sent.acceptedAt || !promised.concerns(event)) continue;
      world.counts.promises += 1;
      if (decision && !promised.isKept(decision)) world.fail(`${event.id} is decided without ${promised.what}`);
    }
  }
};

/** What is noted on a claim did happen. */
const checkConflicts = async (world: World, scope: Scope, winner: Winner): Promise<void> => {
  const claim = await createClaimStore(world.table).read(scope, winner.event.id);
  for (const { batchId, index, fields } of claim?.conflicts ?? []) {
    const other = world.batches.find(({ batch }) => batch.id === batchId)?.batch.events[index]?.event;
    const isTrue = other?.id === winner.event.id && fields.length > 0 && !isDeepStrictEqual(other, winner.event);
    if (!isTrue) world.fail(`a conflict was noted that is none: ${winner.event.id}`);
  }
};

const checkScope = async (world: World, scope: Scope): Promise<void> => {
  const winners: Winner[] = [];
  for (const id of world.idsOf(scope)) {
    const winner = world.winnerOf(scope, id);
    if (winner === undefined) world.fail(`never claimed: ${id}`);
    else winners.push(winner);
  }
  const hours = [...new Set(winners.map(({ event }) => hourOf(event.timestamp)))];
  const parts = await readSegments(world, scope, hours);
  const rows = hours.flatMap((hour) => readFeed(world, scope, hour));
  const places = checkSegments(world, scope, parts);
  const inFeed = checkFeed(world, rows, parts);
  for (const { event } of winners) {
    if (!places.has(event.id)) world.fail(`in no segment: ${event.id}`);
    if (!inFeed.has(event.id)) world.fail(`not in the feed: ${event.id}`);
  }
  checkMarkers(world, scope, rows, parts);
  checkDecisions(world, scope, winners, places);
  for (const winner of winners) await checkConflicts(world, scope, winner);
};

const quietMs = 3 * msPerDay;

export const checkAtTheEnd = async (world: World): Promise<void> => {
  for (const { batch, acknowledgedAt } of world.batches) {
    if (acknowledgedAt === undefined) world.fail(`never acknowledged: ${batch.id}`);
  }
  const now = world.time.now() + quietMs;
  const reader = { name: 'last reader', table: world.table, now: () => now, pause: () => Promise.resolve() };
  for (const scope of world.scopes) {
    for (const externalCustomerId of ['', ...world.customers])
      await checkList(world, reader, scope, { externalCustomerId });
    await checkScope(world, scope);
  }
};

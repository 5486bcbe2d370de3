// Checks the end of a run: everything sent is there, once, in its segment, in the feed and in the lists; marked where it was late;
// decided with every change that was answered before it came; and no claim can be released.
import { isDeepStrictEqual } from 'node:util';
import { releasableAgeMs, releaseClaim } from '../../../cli/operator/release-claim.ts';
import type { Decision } from '../../../shared/domain/matching/decision.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { formatHour, hourOf, msPerDay, msPerHour } from '../../../shared/domain/time/instant.ts';
import { graceMs } from '../../../shared/domain/events/late-hour.ts';
import { createClaimStore } from '../../../shared/store/events/claims.ts';
import { lateMarkerDay, lateMarkerPartition } from '../../../shared/store/table/keys.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import { checkFollowers } from './followers.ts';
import { checkList, type Reader } from './readers.ts';
import { firstWritten, readFeedPlaces, readSegmentPlaces, type StoredPlace } from './stored-places.ts';
import { checkUsageAtTheEnd } from './usage-queries.ts';
import type { Winner, World } from './world.ts';

/** Two clocks' errors. */
const skewMs = 2_000;

/** A segment holds only what its batch owns, and no event is in two, unless deployments cut the batch differently. */
const checkSegments = (world: World, scope: Scope, places: readonly StoredPlace[]): void => {
  const placeOf = new Map<string, StoredPlace>();
  for (const place of places) {
    const { batchId, first, last } = place.part;
    for (const { event } of place.contents.entries) {
      const winner = world.winnerOf(scope, event.id);
      const isOwner = winner?.sent.batch.id === batchId && winner.index >= first && winner.index <= last;
      if (!isOwner || !isDeepStrictEqual(winner.event, event)) {
        world.fail(`a segment holds what does not own ${event.id}`);
      }
      if (placeOf.has(event.id) && world.dials.deployments.length === 0) world.fail(`in two segments: ${event.id}`);
      placeOf.set(event.id, place);
    }
  }
};

/** A marker was raised after an event came late into its hour, so that who sealed the hour without it sees that. */
const checkMarkers = (world: World, scope: Scope, customer: string | null, places: readonly StoredPlace[]): void => {
  for (const { part, writtenAt } of new Set(firstWritten(places).values())) {
    const isLate = writtenAt > (part.hour + 1) * msPerHour + graceMs + skewMs;
    // What was far ahead when it was written may be so no more when that is confirmed.
    const acknowledgedAt = world.batches.find(({ batch }) => batch.id === part.batchId)?.acknowledgedAt ?? NaN;
    const isFarAhead = part.hour * msPerHour > acknowledgedAt + msPerDay + skewMs;
    const marker = { pk: lateMarkerPartition(scope, customer), sk: lateMarkerDay(part.hour) };
    if ((isLate || isFarAhead) && !((world.journal.lastAdd(marker) ?? 0) >= writtenAt)) {
      world.fail(`no marker of ${customer ?? 'the scope'} after what came into ${formatHour(part.hour)}`);
    }
  }
};

const checkDecision = (world: World, scope: Scope, { event, sent }: Winner, decision: Decision): void => {
  for (const { answeredAt, what, concerns, isKept, ...promised } of world.promised) {
    if (promised.scope !== scope || answeredAt >= sent.acceptedAt || !concerns(event)) continue;
    world.counts.promises += 1;
    if (!isKept(decision)) world.fail(`${event.id} is decided without ${what}`);
  }
};

/** Checks that the conflicts noted on a claim did happen. */
const checkConflicts = async (world: World, scope: Scope, { event }: Winner): Promise<void> => {
  const claim = await createClaimStore(world.table).read(scope, event.id);
  for (const { batchId, index, fields } of claim?.conflicts ?? []) {
    const other = world.batches.find(({ batch }) => batch.id === batchId)?.batch.events[index]?.event;
    const isTrue = other?.id === event.id && fields.length > 0 && !isDeepStrictEqual(other, event);
    if (!isTrue) world.fail(`a conflict was noted that is none: ${event.id}`);
  }
};

/** However old the batch: its event is found where the claim says, whatever cut the batch. */
const checkClaimStays = async (world: World, scope: Scope, { event }: Winner): Promise<void> => {
  const now = (): number => world.time.now() + releasableAgeMs + msPerDay;
  const stores = { claims: createClaimStore(world.table), segments: createSegmentStore(world.table) };
  const { kind } = await releaseClaim({ ...stores, now }, scope, event.id);
  if (kind !== 'stored') world.fail(`the claim of a stored event was ${kind}: ${event.id}`);
};

const checkScope = async (world: World, scope: Scope): Promise<void> => {
  const ids = [...world.idsOf(scope)];
  const winners = ids.map((id) => world.winnerOf(scope, id)).filter((winner) => winner !== undefined);
  const hours = [...new Set(winners.map(({ event }) => hourOf(event.timestamp)))];
  const segments = await readSegmentPlaces(world, scope, hours);
  const feed = readFeedPlaces(world, scope, hours, segments);
  checkSegments(world, scope, segments);
  for (const customer of world.customers) {
    const own = segments.filter(({ part }) => part.customer === customer);
    checkMarkers(world, scope, customer, own);
  }
  checkMarkers(world, scope, null, feed);
  const inFeed = firstWritten(feed);
  for (const winner of winners) {
    const { id } = winner.event;
    const entry = segments.flatMap(({ contents }) => contents.entries).find(({ event }) => event.id === id);
    if (entry) checkDecision(world, scope, winner, entry.decision);
    else world.fail(`in no segment: ${id}`);
    if (!inFeed.has(id)) world.fail(`not in the feed: ${id}`);
    await checkConflicts(world, scope, winner);
    await checkClaimStays(world, scope, winner);
  }
};

const quietMs = 3 * msPerDay;

export const checkAtTheEnd = async (world: World): Promise<void> => {
  for (const { batch, acknowledgedAt } of world.batches) {
    if (acknowledgedAt === undefined) world.fail(`never acknowledged: ${batch.id}`);
  }
  const now = world.time.now() + quietMs;
  const reader: Reader = {
    name: 'last reader',
    table: world.table,
    now: () => now,
    pause: () => Promise.resolve(),
    isAlwaysAnswered: true,
  };
  // Without the quiet time: a position expires.
  await checkFollowers(world, { ...reader, now: () => Math.floor(world.time.now()) });
  for (const scope of world.scopes) {
    for (const externalCustomerId of ['', ...world.customers]) {
      for (const order of ['desc', 'asc'] as const)
        await checkList(world, reader, scope, { externalCustomerId, order });
    }
  }
  await checkUsageAtTheEnd(world, reader);
  for (const scope of world.scopes) await checkScope(world, scope);
};

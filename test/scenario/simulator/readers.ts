// Readers that run against the writers: lists page by page, and lookups. Each knows what was acknowledged before it began.
import { isDeepStrictEqual } from 'node:util';
import { createGetEvent } from '../../../functions/query/events/get-event.ts';
import type { ListEventsDeps } from '../../../functions/query/events/list-events.ts';
import type { EventBody } from '../../../shared/api/bodies/events.ts';
import { toEventBody } from '../../../shared/api/events/event-bodies.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { EventListRequest } from '../../../shared/api/events/event-lists.ts';
import { isTransient } from '../../../shared/dependency-error.ts';
import { compareInOrder, type EventPosition, parseCursor } from '../../../shared/domain/events/event-order.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { parseInstant } from '../../../shared/domain/time/instant.ts';
import { createAccountStore } from '../../../shared/store/customers/accounts.ts';
import { createClaimStore } from '../../../shared/store/events/claims.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createSimilarNameStore } from '../../../shared/store/catalog/similar-names.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { drawMoment } from './traffic.ts';
import { startWorker } from './worker.ts';
import type { Winner, World } from './world.ts';

/** A reader without faults asks once; the others ask again, as a client does after a 503. */
export interface Reader {
  readonly name: string;
  readonly table: Table;
  readonly now: () => number;
  readonly pause: () => Promise<void>;
  /** Nothing that it may meet excuses an answer that is missing. */
  readonly isAlwaysAnswered?: true;
}

const always = { start: Date.UTC(1, 0), end: Date.UTC(9999, 0) };
const everything: EventListRequest = {
  externalCustomerId: '',
  eventName: '',
  eventId: '',
  source: '',
  propertyFilters: {},
  range: always,
  pageSize: 50,
  offset: 0,
  sort: 'timestamp',
  order: 'desc',
  isTotalWanted: false,
};
const maxPages = 500;
const attempts = 4;

const unasked = (): never => {
  throw new Error('no list here asks for verdicts');
};
const noVerdicts = {
  claims: { readMany: unasked },
  readAccounts: unasked,
  readCatalog: unasked,
  findSimilarNames: unasked,
  startBudget: unasked,
};

const listDeps = ({ table, now }: Reader): ListEventsDeps => ({
  scopes: createScopeStore(table),
  lateMarkers: createLateMarkerStore(table),
  feed: createFeedStore(table),
  segments: createSegmentStore(table),
  now,
  retentionDays: 0,
  ...noVerdicts,
});

/** undefined: given up. */
export const insist = async <T>(world: World, reader: Reader, ask: () => Promise<T>): Promise<T | undefined> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      return await ask();
    } catch (cause) {
      if (!isTransient(cause)) {
        world.fail(`${reader.name} failed for good: ${String(cause)}`);
        return undefined;
      }
      await reader.pause();
    }
  }
  world.counts.abandoned += 1;
  return undefined;
};

/** Owned by a batch that is acknowledged, or all that are claimed. */
export const winnersOf = (world: World, scope: Scope, isDue: (winner: Winner) => boolean): Map<string, Winner> => {
  const winners = new Map<string, Winner>();
  for (const id of world.idsOf(scope)) {
    const winner = world.winnerOf(scope, id);
    if (winner && isDue(winner)) winners.set(id, winner);
  }
  return winners;
};

const positionOf = ({ id, timestamp }: EventBody): EventPosition => ({ id, timestamp: parseInstant(timestamp) ?? NaN });

/** Beside the time of receipt, which is that of whichever delivery won. */
const shows = ({ ingested_at, ...body }: EventBody, scope: Scope, event: Event): boolean =>
  ingested_at !== undefined && isDeepStrictEqual(body, toEventBody(scope, event));

const checkBodies = (world: World, scope: Scope, request: EventListRequest, bodies: readonly EventBody[]): void => {
  const seen = new Set<string>();
  for (const [index, body] of bodies.entries()) {
    const winner = world.winnerOf(scope, body.id);
    if (seen.has(body.id)) world.fail(`listed twice: ${body.id}`);
    seen.add(body.id);
    if (winner === undefined) world.fail(`listed without a claim: ${body.id}`);
    else if (!shows(body, scope, winner.event)) world.fail(`listed with other content: ${body.id}`);
    const before = bodies[index - 1];
    const isInOrder = !before || compareInOrder(request.order)(positionOf(before), positionOf(body)) < 0;
    if (!isInOrder) world.fail(`out of order: ${body.id}`);
    const { timestamp } = positionOf(body);
    if (timestamp < request.range.start || timestamp > request.range.end) world.fail(`out of range: ${body.id}`);
  }
};

/** Reads all pages of a list and checks it. */
export const checkList = async (
  world: World,
  reader: Reader,
  scope: Scope,
  fields: Partial<EventListRequest>,
): Promise<void> => {
  const request = { ...everything, ...fields };
  const { range, externalCustomerId } = request;
  const due = winnersOf(
    world,
    scope,
    ({ sent, event }) =>
      sent.acknowledgedAt !== undefined &&
      (externalCustomerId === '' || event.externalCustomerId === externalCustomerId) &&
      event.timestamp >= range.start &&
      event.timestamp <= range.end,
  );
  world.counts.lists += 1;
  const listEvents = world.system.createListEvents(listDeps(reader), world);
  const bodies: EventBody[] = [];
  let from: EventPosition | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await insist(world, reader, () => listEvents(scope, { ...request, ...(from && { from }) }));
    if (page === undefined) return;
    world.counts.pages += 1;
    bodies.push(...page.events);
    if (!page.has_more) break;
    from = parseCursor(page.iter_last_key ?? '');
    if (from === undefined || pages === maxPages) {
      world.fail(`${reader.name} does not come to an end`);
      return;
    }
    await reader.pause();
  }
  world.note(
    () => `${reader.name} got ${bodies.map(({ id, timestamp }) => `${id} ${timestamp}`).join(', ') || 'nothing'}`,
  );
  checkBodies(world, scope, request, bodies);
  for (const { id } of bodies) due.delete(id);
  for (const [id, { sent }] of due) world.fail(`${reader.name} misses ${id} of ${sent.batch.id}`);
};

/** An acknowledged event is found, with its content and its decision. */
const checkLookup = async (world: World, reader: Reader, scope: Scope): Promise<void> => {
  const { system, dice, counts } = world;
  const { table, now } = reader;
  const due = [...winnersOf(world, scope, ({ sent }) => sent.acknowledgedAt !== undefined)];
  if (due.length === 0) return;
  const [id, { event }] = dice.pick(due);
  const getEvent = createGetEvent({
    claims: createClaimStore(table),
    segments: createSegmentStore(table),
    readAccounts: createAccountStore(table, reader.pause).readMany,
    readCatalog: system.createCatalogReader({ table, now }, world).readView,
    findSimilarNames: createSimilarNameStore(table).find,
    now,
  });
  counts.lookups += 1;
  const request = { id, externalCustomerId: '', range: { start: -Infinity, end: Infinity } };
  const body = await insist(world, reader, () => getEvent(scope, request));
  if (body === undefined) return;
  if (body.decision === undefined) world.fail(`${reader.name} finds ${id} still processing`);
  else if (!shows(body.event, scope, event)) world.fail(`${reader.name} finds ${id} changed`);
};

const startReader = (world: World, name: string): void => {
  const { dice, dials } = world;
  const scope = dice.pick(world.scopes);
  const reader = startWorker(world, name, { ...dials.rates, crash: 0 });
  world.note(() => `${name} begins`);
  if (dice.chance(0.2)) {
    void checkLookup(world, reader, scope);
    return;
  }
  const middle = drawMoment(world, dials.arrivals);
  const reach = dice.between(60_000, 7_200_000);
  const range = dice.chance(0.3) ? { start: Math.floor(middle - reach), end: Math.floor(middle + reach) } : always;
  const externalCustomerId = dice.chance(0.6) ? '' : dice.pick(world.customers);
  const pageSize = dice.pick([1, 2, 3, 7, 50]);
  const order = dice.pick(['desc', 'desc', 'asc'] as const);
  void checkList(world, reader, scope, { range, externalCustomerId, pageSize, order });
};

export const startReaders = (world: World): void => {
  const { dials, time } = world;
  for (let count = 0; count < dials.readCount; count += 1) {
    time.at(drawMoment(world, dials.reads), () => {
      startReader(world, `reader ${String(count)}`);
    });
  }
};

// Readers that follow the feed from a cursor to the next: each sees every event that was accepted after it had begun, and none
// more often than its batch was delivered.
import { isDeepStrictEqual } from 'node:util';
import type { EventTaker } from '../../../functions/query/events/arrival-reader.ts';
import type { ListedEvent } from '../../../functions/query/events/event-streams.ts';
import { toEventBody } from '../../../shared/api/events/event-bodies.ts';
import { formatLivePosition, parseLivePosition } from '../../../shared/domain/events/live-position.ts';
import { createArrivalStore } from '../../../shared/store/events/arrivals.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { insist, type Reader } from './readers.ts';
import { drawMoment } from './traffic.ts';
import { startWorker } from './worker.ts';
import type { Follower, World } from './world.ts';

const maxPolls = 100;
const maxAnswersAtTheEnd = 10_000;

/** Asks once. Answers whether there is more; undefined: no answer. */
const follow = async (
  world: World,
  reader: Reader,
  follower: Follower,
  limit: number,
): Promise<boolean | undefined> => {
  const { scope, cursor } = follower;
  const position = cursor === undefined ? undefined : parseLivePosition(cursor);
  if (cursor !== undefined && position === undefined) world.fail(`${reader.name} cannot read its cursor ${cursor}`);
  let events: ListedEvent[] = [];
  const { table, now } = reader;
  const read = world.system.createArrivalReader(
    {
      scopes: createScopeStore(table),
      arrivals: createArrivalStore(table),
      feed: createFeedStore(table),
      segments: createSegmentStore(table),
      now,
    },
    world,
  );
  const answer = await insist(world, reader, () => {
    events = [];
    const taker: EventTaker = {
      take: (given) => {
        const taken = given.slice(0, limit - events.length);
        events.push(...taken);
        return Promise.resolve(taken.length);
      },
      isFull: () => events.length >= limit,
    };
    return read(scope, position, { onwards: taker, newest: taker });
  });
  if (answer === undefined) return undefined;
  world.counts.follows += 1;
  world.note(() => `${reader.name} sees ${events.map(({ id }) => id).join(', ') || 'nothing'}`);
  for (const event of events) {
    const winner = world.winnerOf(scope, event.id);
    const isSame = winner && isDeepStrictEqual(toEventBody(scope, winner.event), toEventBody(scope, event));
    if (!isSame) world.fail(`${reader.name} sees what is not ${event.id}`);
    const before = follower.seen.get(event.id) ?? 0;
    world.counts[before > 0 ? 'resightings' : 'sightings'] += 1;
    follower.seen.set(event.id, before + 1);
  }
  if (answer.isMissed) world.fail(`${reader.name} is told that it missed something`);
  follower.cursor = formatLivePosition(answer.position);
  follower.begunAt ??= world.time.now();
  return answer.hasMore;
};

const startFollower = async (world: World, name: string): Promise<void> => {
  const { dice, dials, time } = world;
  const follower: Follower = { name, scope: dice.pick(world.scopes), seen: new Map() };
  world.followers.push(follower);
  const reader = startWorker(world, name, { ...dials.rates, crash: 0 });
  const limit = dice.pick([1, 3, 200]);
  const everyMs = dice.pick(dials.followEveryMs);
  for (let polls = 0; polls < maxPolls; polls += 1) {
    const hasMore = await follow(world, reader, follower, follower.cursor === undefined ? 50 : limit);
    if (world.batches.every(({ acknowledgedAt }) => acknowledgedAt !== undefined)) return;
    if (!hasMore) await time.sleep(everyMs * (polls > maxPolls / 2 ? 4 : 1));
  }
};

export const startFollowers = (world: World): void => {
  const { dice, dials, time, batches } = world;
  const first = Math.min(...batches.map(({ acceptedAt }) => acceptedAt));
  for (let count = 0; count < dials.followCount; count += 1) {
    const begin = count === 0 ? first - dice.between(0, 600_000) : drawMoment(world, dials.arrivals);
    time.at(Math.max(dials.createdAt + 1, begin), () => {
      void startFollower(world, `follower ${String(count)}`);
    });
  }
};

/** Follows to the end, and checks what was seen. */
export const checkFollowers = async (world: World, reader: Reader): Promise<void> => {
  for (const follower of world.followers) {
    const own = { ...reader, name: follower.name };
    let answers = 0;
    while (await follow(world, own, follower, 50)) {
      answers += 1;
      if (answers > maxAnswersAtTheEnd) {
        world.fail(`${follower.name} does not come to an end`);
        break;
      }
    }
    const { scope, seen, begunAt = Infinity } = follower;
    for (const id of world.idsOf(scope)) {
      const winner = world.winnerOf(scope, id);
      if (winner === undefined) continue;
      const times = seen.get(id) ?? 0;
      const { acceptedAt, deliveries, batch } = winner.sent;
      if (times === 0 && acceptedAt > begunAt) world.fail(`${follower.name} never sees ${id} of ${batch.id}`);
      if (times > deliveries) world.fail(`${follower.name} sees ${id} more often than it was delivered`);
    }
  }
};

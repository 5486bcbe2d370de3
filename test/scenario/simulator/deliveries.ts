// The queue and the processors: batches are delivered twice, at once, several in one invocation, and again until they are
// acknowledged. After some deliveries there are no more faults, so every run comes to an end.
import { isTransient } from '../../../shared/dependency-error.ts';
import { msPerHour } from '../../../shared/domain/time/instant.ts';
import { createClaimStore } from '../../../shared/store/events/claims.ts';
import { createAccountStore } from '../../../shared/store/customers/accounts.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createSimilarNameStore } from '../../../shared/store/catalog/similar-names.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import { withLayout } from './layout.ts';
import { faultless, startWorker, type Worker } from './worker.ts';
import type { Sent } from './sent.ts';
import type { World } from './world.ts';

type Process = ReturnType<World['system']['createBatchProcessor']>;
interface Processor {
  readonly worker: Worker;
  readonly process: Process;
}

const deliveriesWithFaults = 6;
const nearMs = 400_000;
// The processor stops that long before its deadline.
const reserveMs = 5_000;
/** Without a deadline. */
const longMs = 1_000 * msPerHour;

const startProcessor = (world: World, name: string, rates = world.dials.rates): Processor => {
  const { dice, dials, system, time } = world;
  const worker = startWorker(world, name, rates);
  const { table, now, pause } = worker;
  const stores = { segments: createSegmentStore(table), feed: createFeedStore(table) };
  const layout = dials.deployments.findLast(({ at }) => at <= time.now())?.layout;
  const process = system.createBatchProcessor(
    {
      claims: createClaimStore(table),
      ...(layout ? withLayout(world, stores, layout) : stores),
      lateMarkers: createLateMarkerStore(table),
      ...(dials.followCount > 0 && { arrivals: system.createArrivalStore(table, pause) }),
      readAccounts: createAccountStore(table, pause).readMany,
      readCatalog: system.createCatalogReader({ table, now }, world).readView,
      findSimilarNames: createSimilarNameStore(table).find,
      now,
      newUlid: () => dice.ulid(now()),
      pickShard: (count) => dice.integer(0, count - 1),
      retentionDays: 0,
      eventsAtOnce: dials.eventsAtOnce,
      rest: pause,
    },
    world,
  );
  return { worker, process };
};

export const startDeliveries = (world: World): void => {
  const { dice, dials, time, counts } = world;
  const slots = Array.from({ length: dials.workerCount }, (_, slot) =>
    startProcessor(world, `processor ${String(slot)}`),
  );
  let started = slots.length;

  const pickProcessor = (isLast: boolean): Processor => {
    const slot = dice.integer(0, slots.length - 1);
    const current = slots[slot];
    const name = `processor ${String(started)}`;
    if (isLast) {
      started += 1;
      return startProcessor(world, name, faultless(dials.rates));
    }
    if (current?.worker.isAlive() && !dice.chance(dials.turnover)) return current;
    started += 1;
    const fresh = startProcessor(world, name);
    slots[slot] = fresh;
    return fresh;
  };

  const acknowledge = (sent: Sent): void => {
    world.note(() => `${sent.batch.id} acknowledged`);
    sent.acknowledgedAt ??= time.now();
    for (const { event } of sent.batch.events) {
      if (world.winnerOf(sent.batch.scope, event.id) === undefined)
        world.fail(`acknowledged without a claim: ${event.id}`);
    }
  };

  const invoke = (group: readonly Sent[]): void => {
    counts.invocations += 1;
    const isLast = group.every(({ deliveries }) => deliveries >= deliveriesWithFaults);
    for (const sent of group) sent.deliveries += 1;
    const { worker, process } = pickProcessor(isLast);
    world.note(() => `${worker.name} is given ${group.map(({ batch }) => batch.id).join(', ')}`);
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      for (const sent of group) {
        if (sent.acknowledgedAt !== undefined || sent.pending > 0) continue;
        deliver(sent, time.now() + (dice.chance(0.9) ? dice.between(2_000, 400_000) : dice.between(0, 8 * msPerHour)));
      }
    };
    worker.onStop(end);
    const timeoutMs = isLast ? undefined : dials.timeoutMs;
    const deadline = worker.now() + (timeoutMs ?? longMs);
    if (timeoutMs !== undefined) {
      time.at(time.now() + timeoutMs, () => {
        if (!isOver && worker.isAlive()) worker.stop();
      });
    }
    const run = async (): Promise<void> => {
      const report = await process(
        group.map(({ batch, deliveries }) => ({ ...batch, receives: deliveries })),
        () => deadline - reserveMs - worker.now(),
      );
      for (const [id, cause] of report.failures) {
        if (!isTransient(cause)) world.fail(`${id} failed for good: ${String(cause)}`);
        world.note(() => `${worker.name} fails ${id}: ${String(cause)}`);
      }
      await worker.pause();
      for (const sent of group.filter(({ batch }) => !report.failures.has(batch.id))) {
        if (isLast || !dice.chance(dials.rates.loss)) acknowledge(sent);
      }
      end();
    };
    run().catch((cause: unknown) => {
      world.fail(`the processor threw: ${String(cause)}`);
    });
  };

  const deliver = (sent: Sent, due: number): void => {
    sent.pending += 1;
    time.at(due, () => {
      sent.pending -= 1;
      // Rarely a message comes after it was deleted.
      if (sent.acknowledgedAt !== undefined && dice.chance(0.8)) return;
      const isNear = (other: Sent): boolean =>
        other !== sent &&
        other.acknowledgedAt === undefined &&
        other.acceptedAt <= due &&
        other.acceptedAt > due - nearMs;
      const others = world.batches.filter(isNear).filter(() => dice.chance(dials.deliveredTogether));
      invoke([sent, ...others.slice(0, 3), ...(dice.chance(0.05) ? [sent] : [])]);
    });
  };

  for (const sent of world.batches) {
    deliver(sent, sent.acceptedAt + dice.between(0, 3_000));
    if (dice.chance(dials.deliveredTwice)) deliver(sent, sent.acceptedAt + dice.between(0, 120_000));
  }
};

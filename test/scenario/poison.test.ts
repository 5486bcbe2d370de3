// A tenant with the worst catalog and events that are accepted delays nobody else beyond a first delivery, and loses nothing
// itself. The clock moves with each question how much time is left, so that the run is the same on every machine.
import { expect, test } from '@jest/globals';
import { runPoisonedQueue } from '../support/drivers/poisoned-queue.ts';

const events = 300;

test.each([
  // It is asked before every event and after every 16 meters: of the worst tenant three times as often as of the other.
  { name: 'an invocation is enough', msPerPause: 0.5, poisonBatches: 3, least: 1 },
  { name: 'a batch takes several deliveries, and each of them gets on', msPerPause: 10, poisonBatches: 3, least: 2 },
])(
  'a tenant with the worst catalog delays nobody else and loses nothing: $name',
  async ({ msPerPause, poisonBatches, least }) => {
    const otherBatches = 3;
    const run = await runPoisonedQueue({
      poisonBatches,
      eventsPerBatch: events,
      kind: 'a list',
      meters: 48,
      otherBatches,
      msPerPause,
    });
    expect(run).toMatchObject({ dead: 0, receivesOfOthers: 1, stored: poisonBatches * events + otherBatches * 100 });
    expect(run.receivesOfPoison).toBeGreaterThanOrEqual(least);
  },
  60_000,
);

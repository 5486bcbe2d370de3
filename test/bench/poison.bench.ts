// Measures the CPU of a decision: for usual meters, by their number on one event name, and for the worst that are accepted. Also
// the effect of such a tenant on others: real batches of the worst events together with one of another tenant.
import { matchEvent, toDecision } from '../../shared/domain/matching/decision.ts';
import type { Event } from '../../shared/domain/events/event.ts';
import type { Meter } from '../../shared/domain/meters/meter.ts';
import { anAccount, aMeter, anEvent } from '../support/builders/builders.ts';
import { catalogOf, dearKinds, eventName, maxMeters, poisonEvents, poisonMeters } from '../support/builders/poison.ts';
import { type PoisonedQueue, runPoisonedQueue } from '../support/drivers/poisoned-queue.ts';

export interface DecisionCpuRow {
  readonly meters: string;
  readonly count: number;
  /** Microseconds of CPU, the least of some rounds: other work on the machine only adds. */
  readonly perEvent: number;
}

/** A name with so few of the dearest expressions costs as much as it may. */
const fewestDear = 98;
const rounds = 7;
const msPerRound = 150;

const cpuMicroseconds = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

const measure = (meters: readonly Meter[], events: readonly Event[]): number => {
  const account = anAccount();
  const catalog = catalogOf(meters);
  const perEvent: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    let decided = 0;
    const spent = cpuMicroseconds(() => {
      const since = performance.now();
      while (performance.now() - since < msPerRound) {
        for (const event of events) toDecision(matchEvent({ event, catalog, account }), []);
        decided += events.length;
      }
    });
    perEvent.push(spent / decided);
  }
  return Math.min(...perEvent);
};

const usualMeters = (count: number): readonly Meter[] =>
  Array.from({ length: count }, (_, index) =>
    aMeter({
      id: `meter_${String(index)}`,
      eventName,
      aggregation: { type: 'SUM', field: 'tokens' },
      filters: [{ key: 'model', values: ['large', 'small'] }],
    }),
  );

export const decisionCpu = (): readonly DecisionCpuRow[] => {
  const externalCustomerId = anAccount().customer.externalId;
  const usual = Array.from({ length: 20 }, (_, index) =>
    anEvent({ name: eventName, externalCustomerId, properties: { tokens: 100 + index, model: 'large' } }),
  );
  const worst = poisonEvents(20, { externalCustomerId });
  return [
    ...[1, 50, maxMeters].map((count) => ({
      meters: 'SUM of a field, one filter',
      count,
      perEvent: measure(usualMeters(count), usual),
    })),
    ...dearKinds.flatMap((kind) =>
      [fewestDear, maxMeters].map((count) => ({
        meters: `the dearest: ${kind}`,
        count,
        perEvent: measure(poisonMeters(kind, count), worst),
      })),
    ),
  ];
};

/** On the clock of the CPU: 24 messages of 1,000 of the worst events, and one of another tenant, as one invocation gets them. */
export const poison = (): Promise<PoisonedQueue> =>
  runPoisonedQueue({
    poisonBatches: 24,
    eventsPerBatch: 1_000,
    kind: 'many properties',
    meters: fewestDear,
    otherBatches: 1,
  });

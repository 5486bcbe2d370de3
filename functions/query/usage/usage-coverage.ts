// Says with every usage answer which events it counts, which it leaves out, and how many are still on their way.
import type { UsageBody } from '../../../shared/api/bodies/usage.ts';
import { formatInstant, msPerMinute } from '../../../shared/domain/time/instant.ts';
import type { GroupState, UsageState } from '../../../shared/domain/usage/usage-state.ts';
import type { InFlight } from '../../../shared/queue/in-flight.ts';
import type { QueueDepth } from '../../../shared/queue/sqs-client.ts';

type Coverage = Pick<UsageBody, 'counted' | 'counted_as_zero' | 'excluded' | 'in_flight' | 'verified_through'>;
export type Tallies = Omit<Coverage, 'in_flight' | 'verified_through'>;

export type BacklogReader = () => Promise<Pick<Coverage, 'in_flight' | 'verified_through'>>;

export interface CoverageDeps {
  /** undefined: SQS does not know. */
  readonly readInFlight: () => Promise<InFlight | undefined>;
  /** UTC milliseconds. */
  readonly now: () => number;
}

const cachedMs = 5_000;
/** SQS counts a message some moments after it was sent. */
const deliveryMs = msPerMinute;

const depth = ({ waiting, inFlight }: QueueDepth): number => waiting + inFlight;

const verifiedThrough = ({ queue, deadLetters, oldestSentAt }: InFlight, now: number): number | undefined => {
  if (depth(deadLetters) > 0) return undefined;
  if (depth(queue) === 0) return now - deliveryMs;
  return oldestSentAt === undefined ? undefined : Math.min(oldestSentAt, now - deliveryMs);
};

/** Creates the reader, one per process. Read it before the events, so that it vouches for none that came later. */
export const createBacklogReader = ({ readInFlight, now }: CoverageDeps): BacklogReader => {
  let known: { readonly at: number; readonly inFlight: Promise<InFlight | undefined> } | undefined;
  return async () => {
    if (known === undefined || now() - known.at >= cachedMs) {
      const inFlight = readInFlight();
      known = { at: now(), inFlight };
      inFlight.catch(() => {
        known = undefined;
      });
    }
    const { at, inFlight } = known;
    const found = await inFlight;
    if (found === undefined) return { in_flight: null, verified_through: null };
    const through = verifiedThrough(found, at);
    return {
      in_flight: { queue: depth(found.queue), dead_letter_queue: depth(found.deadLetters) },
      verified_through: through === undefined ? null : formatInstant(through),
    };
  };
};

export const talliesOf = ({ groups, excluded }: UsageState): Tallies => {
  const sum = (of: keyof GroupState): number => [...groups.values()].reduce((total, group) => total + group[of], 0);
  return {
    counted: sum('counted'),
    counted_as_zero: { missing_property: sum('missing_property'), non_numeric_value: sum('non_numeric_value') },
    excluded: { ...excluded },
  };
};

export const noTallies: Tallies = {
  counted: 0,
  counted_as_zero: { missing_property: 0, non_numeric_value: 0 },
  excluded: { filter: 0, expression_error: 0, missing_property: 0 },
};

export const addTallies = (a: Tallies, b: Tallies): Tallies => ({
  counted: a.counted + b.counted,
  counted_as_zero: {
    missing_property: a.counted_as_zero.missing_property + b.counted_as_zero.missing_property,
    non_numeric_value: a.counted_as_zero.non_numeric_value + b.counted_as_zero.non_numeric_value,
  },
  excluded: {
    filter: a.excluded.filter + b.excluded.filter,
    expression_error: a.excluded.expression_error + b.excluded.expression_error,
    missing_property: a.excluded.missing_property + b.excluded.missing_property,
  },
});

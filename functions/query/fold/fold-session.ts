// A fold session: what all parts of one request share while they are folded.
import type { UsageState } from '../../../shared/domain/usage/usage-state.ts';
import type { Definition } from '../../../shared/domain/usage/definition.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { graceMs, marginMs } from '../../../shared/domain/events/late-hour.ts';
import { msPerHour } from '../../../shared/domain/time/instant.ts';
import { type EventHours, type EventHoursDeps, readEventHours } from './event-hours.ts';
import type { FoldBudget } from './read-budget.ts';

/** Receives every slot of the range that has events, once each or in pieces; keep nothing of the state. */
type VisitSlot = (slot: number, state: UsageState) => void;

/** A range of one definition that is asked for. */
export interface FoldPart {
  readonly definition: Definition;
  /** Half-open, UTC milliseconds. */
  readonly start: number;
  readonly end: number;
  /** Instants besides the ends at which slots are divided, so that what is visited lies on one side of each. */
  readonly boundaries?: readonly number[];
  readonly visit: VisitSlot;
}

export interface FoldSession {
  readonly scope: Scope;
  /** null: the whole scope. */
  readonly customer: string | null;
  readonly hours: EventHours;
  readonly budget: FoldBudget;
  /**
   * How many closed hours of the whole scope are folded at once next: one at first, so that there is one to keep whenever it
   * fits into the request by itself.
   */
  readonly nextWidth: () => number;
}

export interface FoldSessionDeps extends EventHoursDeps {
  /** Starts counting what one request folds. */
  readonly startBudget: () => FoldBudget;
}

/** Most hours of the whole scope that are folded at once. */
export const hoursAtOnce = 8;

const createWidths = (): (() => number) => {
  let next = 1;
  return () => {
    const width = next;
    next = Math.min(hoursAtOnce, next * 2);
    return width;
  };
};

/** Reads which hours the parts (at least one) may have events in. Throws as `readEventHours` does. */
export const openSession = async (
  deps: FoldSessionDeps,
  scope: Scope,
  customer: string | null,
  parts: readonly FoldPart[],
): Promise<FoldSession> => {
  const start = Math.min(...parts.map((part) => part.start));
  const end = Math.max(...parts.map((part) => part.end)) - 1;
  const hours = await readEventHours(deps, scope, customer, { start, end });
  return { scope, customer, hours, budget: deps.startBudget(), nextWidth: createWidths() };
};

/** Returns whether every writer, whatever its clock, marks what it stores into the hour from now on. */
export const isClosed = ({ hours }: FoldSession, hour: number): boolean =>
  (hour + 1) * msPerHour + graceMs + marginMs < hours.now;

/** Returns the late counter of an hour when the session began. */
export const counterOf = ({ hours }: FoldSession, hour: number): number => hours.counters.get(hour) ?? 0;

// Aggregator: how one aggregation type turns events into a number. Each type has one file in this folder.
import type { Amount } from '../numbers/amount.ts';
import type { ExactSum, Factor } from '../numbers/exact-sum.ts';
import type { Quantity } from '../numbers/quantity.ts';
import type { Period } from '../time/period.ts';
import type { ZeroReason } from './measurement.ts';

/** The part of a group's state that every type has: how many events count, and how many of these count as 0. */
export interface Tally extends Record<ZeroReason, number> {
  counted: number;
}

export const emptyTally: Readonly<Tally> = { counted: 0, missing_property: 0, non_numeric_value: 0 };

/** The event that is being added. */
interface AddedEvent {
  /** UTC milliseconds. */
  readonly timestamp: number;
  readonly id: () => string;
  /** The factor that an input is still to be multiplied by, if it is a number. */
  readonly factor: Factor;
}

/** Writes states into a day page: in fixed widths, so that a page of many events is as large as one of few. */
export interface StateWriter {
  readonly u32: (value: number) => void;
  readonly text: (value: string) => void;
  readonly amount: (amount: Amount) => void;
  readonly sum: (sum: ExactSum) => void;
}

/** Reads what a StateWriter wrote. Throws ByteFormatError. */
export interface StateReader {
  readonly u32: () => number;
  readonly text: () => string;
  readonly amount: () => Amount;
  readonly addToSum: (sum: ExactSum) => void;
}

/** Changes of a level. */
export interface Level {
  readonly sum: Quantity;
  /** Each change times the whole seconds since the epoch of its event. */
  readonly moment: Quantity;
}

/** How an aggregate with buckets behaves. */
interface BucketRules {
  /** Whether a bucket can be grouped by a property. */
  readonly canBeGrouped: boolean;
  /** Combines the values of two buckets into that of a coarser window. */
  rollUp(a: Quantity, b: Quantity): Quantity;
}

/**
 * The rules of an aggregation type. `State` is what it keeps of a group, and `Input` what it adds: an amount, or the hash of a
 * text. Merging is associative and commutative, and a started state is neutral. The functions are declared as methods, whose
 * parameters TypeScript compares loosely, so that one record has them all: a state is only ever given to the type that started it.
 */
export interface Aggregator<State extends Tally = Tally, Input extends Amount | string = Amount | string> {
  /** The part of an event that it needs: none, a number, or the text of a property. */
  readonly reads: 'nothing' | 'number' | 'text';
  /** Whether an expression may stand in for a field. */
  readonly takesExpression?: true;
  readonly takesMultiplier?: true;
  /** Left out: it has no buckets. */
  readonly buckets?: BucketRules;
  /**
   * How usage comes to be over time. `units`: the value of a range is the sum of the values of its parts. `level`: a level that lasts,
   * and that a range is measured by in seconds. Left out: parts of a range have no values that add up to that of the range.
   */
  readonly accrual?: 'units' | 'level';
  start(): State;
  /** Adds an event that counts; its tally is kept by the fold. */
  add(state: State, input: Input, event: AddedEvent): void;
  /** Adds everything but the tally of `from`, which stays as it is. */
  merge(into: State, from: State): void;
  /** Returns the value over a range; without events 0. `before`: usage before the range, of a meter that is never reset. */
  value(state: State, range: Period, before?: State): Quantity;
  /** Returns what a level rises by, and that times the seconds since the epoch at which it does; only for the accrual `level`. */
  level?(state: State): Level;
  /** Writes everything but the tally. `slot`: the start of the state's slot, UTC milliseconds. */
  write(state: State, writer: StateWriter, slot: number): void;
  /** Reads what was written into a state that was just started. */
  read(state: State, reader: StateReader, slot: number): void;
  /** Returns hashes that a page writes once for all of its slots, instead of with each state. */
  hashes?(state: State): Set<string>;
}

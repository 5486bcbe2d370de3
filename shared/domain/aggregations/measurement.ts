// Measurement: what one event counts for, or why it does not. The fold, the decision and the explanation share its words.
import { type Quantity, zeroQuantity } from '../numbers/quantity.ts';

/** Reasons why an event counts as 0. */
export type ZeroReason = 'missing_property' | 'non_numeric_value';

/** Details name properties and types, never a value. `excluded`: not even in the n of an average. */
export type Measurement =
  | { readonly kind: 'counted'; readonly quantity: Quantity }
  | { readonly kind: 'counted_as_zero'; readonly reason: ZeroReason; readonly detail: string }
  | { readonly kind: 'excluded'; readonly reason: 'missing_property' | 'expression_error'; readonly detail: string };

/** An event that the filters, sources or customer of a definition leave out. It is not measured. */
export interface FilteredOut {
  readonly kind: 'excluded';
  readonly reason: 'filter';
  readonly detail: string;
}

/** Outcomes of an event for a usage. */
export const outcomes = ['counted', 'counted_as_zero', 'excluded'] as const satisfies readonly Measurement['kind'][];
export type Outcome = (typeof outcomes)[number];
/** Reasons of all outcomes but `counted`. */
export const outcomeReasons = ['filter', 'missing_property', 'non_numeric_value', 'expression_error'] as const;
export type OutcomeReason = (typeof outcomeReasons)[number];

export type ExclusionReason = Extract<Measurement | FilteredOut, { readonly kind: 'excluded' }>['reason'];

interface QuantityWarning {
  readonly code: ZeroReason | 'expression_error' | 'negative_quantity';
  readonly detail: string;
}

/** Returns what is odd about a quantity, if anything. Negative ones count as they are (refunds, freed storage). */
export const warningOf = (measurement: Measurement): QuantityWarning | undefined => {
  if (measurement.kind !== 'counted') return { code: measurement.reason, detail: measurement.detail };
  return measurement.quantity.lt(zeroQuantity) ? { code: 'negative_quantity', detail: 'counts as it is' } : undefined;
};

const maxDetailLength = 200;

/** Shortens a text to 200 characters. */
export const boundedDetail = (text: string): string =>
  text.length > maxDetailLength ? `${text.slice(0, maxDetailLength - 1).toWellFormed()}…` : text;

/** Returns as much of a list as a detail can hold. */
export const boundedNames = (names: readonly string[]): string =>
  names.length === 0
    ? 'none'
    : names
        .slice(0, maxDetailLength)
        .join(', ')
        .slice(0, maxDetailLength + 1);

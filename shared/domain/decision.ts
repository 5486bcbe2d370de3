// types first; see below
export const failurePoints = [
  'customer_lookup',
  'meter_lookup',
  'price_lookup',
  'subscription_line_item_lookup',
] as const;
export type FailurePoint = (typeof failurePoints)[number];
/** What billing makes of an event: `processed`, or the first step that found nothing. */
export type Verdict = 'processed' | FailurePoint;

export const warningCodes = [
  'missing_property',
  'non_numeric_value',
  'negative_quantity',
  'expression_error',
  'future_timestamp',
  'late_event',
  'event_name_near_miss',
  'customer_near_miss',
] as const;
export type WarningCode = (typeof warningCodes)[number];

/** A warning never changes the verdict. `subject` is the meter id (quantity warnings) or the near name; `detail` says more. */
export interface Warning {
  readonly code: WarningCode;
  readonly subject: string;
  readonly detail: string;
}

/** What the processor found when the event came; stored beside the event as history, never an input of a number. */
export interface Decision {
  readonly verdict: Verdict;
  /** Id of the customer found, "" when none. */
  readonly customerId: string;
  /** Matched ids, at most 50 each; `beyond` counts the rest. */
  readonly meterIds: readonly string[];
  readonly priceIds: readonly string[];
  readonly lineItemIds: readonly string[];
  readonly beyond: {
    readonly meters: number;
    readonly prices: number;
    readonly lineItems: number;
    /** Warnings left out because the decisions of the segment grew too large. */
    readonly warnings?: number;
  };
  readonly warnings: readonly Warning[];
}

// Tells the failures of an event: why no line item bills it, or else for which meters it counts as zero or is left out.
import { type FailurePoint, matchEvent, type MatchQuestion } from './decision.ts';
import { type Unbilled, type UnbilledCause, unbilledCause, unbilledCauses } from './unbilled-cause.ts';

/** Warnings for which a meter counts an event as zero, or leaves it out. */
const zeroingCodes = ['missing_property', 'non_numeric_value', 'expression_error'] as const;
type ZeroingCode = (typeof zeroingCodes)[number];

export const failureCauses = [...unbilledCauses, ...zeroingCodes] as const;
export type FailureCause = (typeof failureCauses)[number];

const points: Readonly<Record<UnbilledCause, FailurePoint>> = {
  no_customer: 'customer_lookup',
  no_meter: 'meter_lookup',
  meter_archived: 'meter_lookup',
  meter_filter: 'meter_lookup',
  no_price: 'price_lookup',
  no_subscription: 'subscription_line_item_lookup',
  no_line_item: 'subscription_line_item_lookup',
  before_line_item: 'subscription_line_item_lookup',
  after_line_item: 'subscription_line_item_lookup',
  between_line_items: 'subscription_line_item_lookup',
};

const isZeroing = (cause: string): cause is ZeroingCode => zeroingCodes.some((code) => code === cause);

/** Returns the step that found nothing; undefined: the event is billed, with a warning. */
export const failurePointOf = (cause: FailureCause): FailurePoint | undefined =>
  isZeroing(cause) ? undefined : points[cause];

/** Returns whether the cause, and what would correct it, concern one customer. */
export const isOfCustomer = (cause: FailureCause): boolean =>
  cause === 'no_customer' || failurePointOf(cause) === 'subscription_line_item_lookup';

/** Returns the failures of an event: at most one if it is not billed, else one per meter that it counts nothing for. Pure. `match`: that of `matchEvent`. */
export const failuresOf = (
  question: MatchQuestion,
  match = matchEvent(question),
): readonly Unbilled<FailureCause>[] => {
  const unbilled = unbilledCause(question, match);
  if (unbilled) return [unbilled];
  return match.warnings.flatMap(({ code, subject }) =>
    isZeroing(code) ? [{ cause: code, meterId: subject, lineItemId: '' }] : [],
  );
};

// Converts the outcome of a line item's commitment to a body.
import type { CommitmentOutcome } from '../../domain/commitments/commitment-charge.ts';
import type { LineItemCommitment } from '../../domain/commitments/commitment.ts';
import { formatQuantity } from '../../domain/numbers/quantity.ts';
import type { CommitmentInfoBody } from '../bodies/invoices.ts';

export type ComputedBody = Pick<
  CommitmentInfoBody,
  'computed_true_up_amount' | 'computed_overage_amount' | 'computed_commitment_utilized_amount'
>;

export const toComputedBody = ({ trueUp, overage, utilized }: CommitmentOutcome): ComputedBody => ({
  computed_commitment_utilized_amount: formatQuantity(utilized),
  computed_overage_amount: formatQuantity(overage),
  computed_true_up_amount: formatQuantity(trueUp),
});

/** Converts the outcome. A line item without its own terms has commitments only in its time buckets. */
export const toCommitmentInfo = (
  { terms, isWindowed, duration }: LineItemCommitment,
  outcome: CommitmentOutcome,
): CommitmentInfoBody => ({
  type: terms?.type ?? 'amount',
  amount: terms?.type === 'amount' ? terms.value : '0',
  quantity: terms?.type === 'quantity' ? terms.value : '0',
  ...(duration !== undefined && { duration }),
  ...(terms && { overage_factor: terms.overageFactor }),
  true_up_enabled: terms?.hasTrueUp ?? false,
  is_windowed: isWindowed,
  ...toComputedBody(outcome),
});

const minutesPerHour = 60;
/** Converts minutes of the UTC day, 0 to 1440. */
export const toTimeBody = (minutes: number): { readonly hour: number; readonly minute: number } => ({
  hour: Math.floor(minutes / minutesPerHour),
  minute: minutes % minutesPerHour,
});

// Parses the commitment of a subscription, and those of its line items by price.
import * as v from 'valibot';
import type { CommitmentDuration, SubscriptionCommitment } from '../../domain/commitments/commitment.ts';
import { isDurationFor } from '../../domain/commitments/commitment-cumulative.ts';
import { factorSchema } from './commitment-times.ts';
import { commitmentConfigSchema, type CommitmentRequest, draftOf, durationSchema } from './commitments.ts';
import { readsAs } from '../http/described.ts';
import { type BrokenRule, brokenOf } from '../http/field-rules.ts';
import { amountSchema, isObject } from '../http/primitives.ts';

const configsByPrice = v.record(v.string(), commitmentConfigSchema);
// `v.record` accepts arrays, and drops keys that objects inherit.
const unsafeKeys = ['__proto__', 'constructor', 'prototype'];
const lineItemCommitmentsSchema = v.pipe(
  readsAs(
    v.custom<object>(
      (value) => isObject(value) && !unsafeKeys.some((key) => Object.hasOwn(value, key)),
      'must be an object keyed by price id',
    ),
    configsByPrice,
  ),
  configsByPrice,
);

export const subscriptionCommitmentEntries = {
  commitment_amount: v.nullish(amountSchema),
  commitment_duration: durationSchema,
  overage_factor: v.nullish(factorSchema),
  enable_true_up: v.nullish(v.boolean()),
  line_item_commitments: v.nullish(lineItemCommitmentsSchema, {}),
};
type Sent = v.InferOutput<v.ObjectSchema<typeof subscriptionCommitmentEntries, undefined>>;

const hasAmount = ({ commitment_amount: amount }: Sent): boolean => Boolean(amount) && amount !== '0';

/** Converts the commitment; undefined if there is none. */
export const toSubscriptionCommitment = (sent: Sent): SubscriptionCommitment | undefined =>
  hasAmount(sent)
    ? {
        amount: sent.commitment_amount ?? '0',
        ...(sent.commitment_duration && { duration: sent.commitment_duration }),
        overageFactor: sent.overage_factor ?? '1',
        hasTrueUp: sent.enable_true_up ?? false,
      }
    : undefined;

/** Returns the commitments by price, without empty ones. */
export const commitmentsByPrice = (sent: Sent): readonly (readonly [priceId: string, request: CommitmentRequest])[] =>
  Object.entries(sent.line_item_commitments).filter(([, request]) => draftOf(request) !== undefined);

/** Returns the path of the commitment for a price in the body, for the details of errors. */
export const pathOfCommitment = (priceId: string): string =>
  `line_item_commitments${/^\w+$/.test(priceId) ? `.${priceId}` : `[${JSON.stringify(priceId)}]`}`;

export const excludesItems = 'not together with a commitment of the subscription';

export const brokenSubscriptionCommitment = (
  sent: Sent & { readonly billing_period: CommitmentDuration; readonly billing_period_count: number },
): BrokenRule[] => {
  const isCommitted = hasAmount(sent);
  const { commitment_duration: duration, overage_factor: factor, billing_period: period } = sent;
  const rule = 'only with commitment_amount';
  return brokenOf(
    [!isCommitted && Boolean(duration), 'commitment_duration', rule],
    [!isCommitted && Boolean(factor) && factor !== '1', 'overage_factor', rule],
    [!isCommitted && sent.enable_true_up === true, 'enable_true_up', rule],
    [
      Boolean(duration) && !isDurationFor(duration || period, period, sent.billing_period_count || 1),
      'commitment_duration',
      'must not be shorter than the billing period',
    ],
    [isCommitted && commitmentsByPrice(sent).length > 0, 'line_item_commitments', excludesItems],
  );
};

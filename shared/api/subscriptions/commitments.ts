// Parses commitments of line items. They have two sets of names: on the items themselves, and by price when a subscription is
// created. 0 means no commitment.
import * as v from 'valibot';
import {
  type CommitmentDuration,
  type CommitmentTerms,
  commitmentTypes,
  type LineItemCommitment,
} from '../../domain/commitments/commitment.ts';
import { recurringPeriods } from '../../domain/time/billing-period.ts';
import { readsAs } from '../http/described.ts';
import { brokenOf, type BrokenRule, fieldRules } from '../http/field-rules.ts';
import { amountSchema, isObject, refusedField } from '../http/primitives.ts';
import { factorSchema, type TimeBucketRequest, timeBucketsSchema } from './commitment-times.ts';

export const durationSchema = v.nullish(v.picklist([...recurringPeriods, '']));

const sharedEntries = {
  commitment_amount: v.nullish(amountSchema),
  commitment_quantity: v.nullish(amountSchema),
  commitment_type: v.nullish(v.picklist([...commitmentTypes, ''])),
  commitment_duration: durationSchema,
  commitment_time_buckets: v.nullish(timeBucketsSchema),
};

/** Fields of a line item. */
export const commitmentEntries = {
  ...sharedEntries,
  commitment_overage_factor: v.nullish(factorSchema),
  commitment_true_up_enabled: v.nullish(v.boolean()),
  commitment_windowed: v.nullish(v.boolean()),
  overage_factor: refusedField('is not supported: use commitment_overage_factor'),
  enable_true_up: refusedField('is not supported: use commitment_true_up_enabled'),
  is_window_commitment: refusedField('is not supported: use commitment_windowed'),
};
type SentOfItem = v.InferOutput<v.ObjectSchema<typeof commitmentEntries, undefined>>;

/** Fields of a commitment by price. */
const configEntries = {
  ...sharedEntries,
  overage_factor: v.nullish(factorSchema),
  enable_true_up: v.nullish(v.boolean()),
  is_window_commitment: v.nullish(v.boolean()),
  commitment_overage_factor: refusedField('is not supported: use overage_factor'),
  commitment_true_up_enabled: refusedField('is not supported: use enable_true_up'),
  commitment_windowed: refusedField('is not supported: use is_window_commitment'),
};
type SentConfig = v.InferOutput<v.ObjectSchema<typeof configEntries, undefined>>;

/** Names of the fields that differ between the two bodies. */
export interface CommitmentNames {
  readonly factor: string;
  readonly trueUp: string;
  readonly windowed: string;
}
export const namesOfItem: CommitmentNames = {
  factor: 'commitment_overage_factor',
  trueUp: 'commitment_true_up_enabled',
  windowed: 'commitment_windowed',
};
export const namesOfConfig: CommitmentNames = {
  factor: 'overage_factor',
  trueUp: 'enable_true_up',
  windowed: 'is_window_commitment',
};

/** A commitment in a body; undefined fields were not sent. */
export interface CommitmentRequest {
  readonly amount?: string | undefined;
  readonly quantity?: string | undefined;
  readonly type?: CommitmentTerms['type'] | undefined;
  readonly overageFactor?: string | undefined;
  readonly hasTrueUp?: boolean | undefined;
  readonly isWindowed?: boolean | undefined;
  readonly duration?: CommitmentDuration | undefined;
  readonly timeBuckets?: readonly TimeBucketRequest[] | undefined;
}

const requestOf = (
  sent: v.InferOutput<v.ObjectSchema<typeof sharedEntries, undefined>>,
  overageFactor: string | null | undefined,
  hasTrueUp: boolean | null | undefined,
  isWindowed: boolean | null | undefined,
): CommitmentRequest => ({
  amount: sent.commitment_amount ?? undefined,
  quantity: sent.commitment_quantity ?? undefined,
  type: sent.commitment_type || undefined,
  overageFactor: overageFactor ?? undefined,
  hasTrueUp: hasTrueUp ?? undefined,
  isWindowed: isWindowed ?? undefined,
  duration: sent.commitment_duration || undefined,
  timeBuckets: sent.commitment_time_buckets ?? undefined,
});

export const requestOfItem = (sent: SentOfItem): CommitmentRequest =>
  requestOf(sent, sent.commitment_overage_factor, sent.commitment_true_up_enabled, sent.commitment_windowed);
const requestOfConfig = (sent: SentConfig): CommitmentRequest =>
  requestOf(sent, sent.overage_factor, sent.enable_true_up, sent.is_window_commitment);

export const saysCommitment = (request: CommitmentRequest): boolean =>
  Object.values(request).some((value) => value !== undefined);

const isSome = (value: string | undefined): boolean => value !== undefined && value !== '0';

/** Returns the terms; undefined if there is no commitment. */
const termsOf = ({ amount, quantity, overageFactor, hasTrueUp }: CommitmentRequest): CommitmentTerms | undefined => {
  const value = isSome(amount) ? amount : quantity;
  if (value === undefined || value === '0' || overageFactor === undefined) return undefined;
  return { type: isSome(amount) ? 'amount' : 'quantity', value, overageFactor, hasTrueUp: hasTrueUp ?? false };
};

/** Returns the broken rules between the fields of the resulting commitment. */
export const brokenCommitmentRules = (request: CommitmentRequest, names: CommitmentNames): BrokenRule[] => {
  const { amount, quantity, type, overageFactor, hasTrueUp, isWindowed, duration, timeBuckets = [] } = request;
  const hasValue = isSome(amount) || isSome(quantity);
  const hasAny = hasValue || timeBuckets.length > 0;
  return brokenOf(
    [isSome(amount) && isSome(quantity), 'commitment_quantity', 'not together with commitment_amount'],
    [type === 'quantity' && isSome(amount), 'commitment_amount', 'only with commitment_type amount'],
    [type === 'amount' && isSome(quantity), 'commitment_quantity', 'only with commitment_type quantity'],
    [
      type !== undefined && !hasValue,
      type === 'quantity' ? 'commitment_quantity' : 'commitment_amount',
      'must be greater than 0',
    ],
    [hasValue && overageFactor === undefined, names.factor, 'required'],
    [!hasValue && overageFactor !== undefined && overageFactor !== '1', names.factor, 'only with a commitment'],
    [!hasValue && hasTrueUp === true, names.trueUp, 'only with a commitment'],
    [!hasAny && isWindowed === true, names.windowed, 'only with a commitment'],
    [!hasAny && duration !== undefined, 'commitment_duration', 'only with a commitment'],
    [timeBuckets.length > 0 && isWindowed !== true, 'commitment_time_buckets', `only with ${names.windowed}`],
  );
};

// `v.object` accepts an array as an object without the fields, and here no field is required.
const sentConfigSchema = v.object(configEntries);
export const commitmentConfigSchema = v.pipe(
  readsAs(v.custom<object>(isObject, 'must be an object'), sentConfigSchema),
  sentConfigSchema,
  fieldRules((sent) => brokenCommitmentRules(requestOfConfig(sent), namesOfConfig)),
  v.transform(requestOfConfig),
);

/** A requested commitment; the prices of its time buckets do not exist yet. */
export type CommitmentDraft = Omit<LineItemCommitment, 'timeBuckets'> & {
  readonly timeBuckets: readonly TimeBucketRequest[];
};

/** Converts a request whose rules were checked; undefined if there is no commitment. */
export const draftOf = (request: CommitmentRequest): CommitmentDraft | undefined => {
  const terms = termsOf(request);
  const { isWindowed = false, duration, timeBuckets = [] } = request;
  if (!terms && timeBuckets.length === 0) return undefined;
  return { ...(terms && { terms }), isWindowed, ...(duration && { duration }), timeBuckets };
};

/** Applies `sent` to a commitment: omitted fields stay, but a sent amount or quantity replaces either one. */
export const overlaid = (before: LineItemCommitment | undefined, sent: CommitmentRequest): CommitmentRequest => {
  const { terms, isWindowed = false, duration, timeBuckets: kept = [] } = before ?? {};
  const timeBuckets = sent.timeBuckets ?? kept;
  const isNewValue = sent.amount !== undefined || sent.quantity !== undefined;
  const keptTerms = isNewValue || (sent.type ?? terms?.type) !== terms?.type ? undefined : terms;
  const amount = keptTerms?.type === 'amount' ? keptTerms.value : sent.amount;
  const quantity = keptTerms?.type === 'quantity' ? keptTerms.value : sent.quantity;
  const hasValue = isSome(amount) || isSome(quantity);
  const hasAny = hasValue || timeBuckets.length > 0;
  return {
    amount,
    quantity,
    type: sent.type,
    overageFactor: sent.overageFactor ?? (hasValue ? terms?.overageFactor : undefined),
    hasTrueUp: sent.hasTrueUp ?? (hasValue ? terms?.hasTrueUp : undefined),
    isWindowed: sent.isWindowed ?? (hasAny ? isWindowed : undefined),
    duration: sent.duration ?? (hasAny ? duration : undefined),
    timeBuckets,
  };
};

/** Returns whether a body changes the commitment or breaks a rule. New prices of time buckets always count as a change. */
export const changesCommitment = (before: LineItemCommitment | undefined, sent: SentOfItem): boolean => {
  const request = requestOfItem(sent);
  if (!saysCommitment(request)) return false;
  const after = overlaid(before, request);
  const hasNewPrice = request.timeBuckets?.some(({ price }) => price !== undefined) ?? false;
  if (hasNewPrice || brokenCommitmentRules(after, namesOfItem).length > 0) return true;
  return textOfDraft(after) !== textOfDraft(overlaid(before, {}));
};

/** Returns a text that is equal for equal commitments. */
function textOfDraft(request: CommitmentRequest): string {
  const draft = draftOf(request);
  const timeBuckets = draft?.timeBuckets.map(
    ({ id, startMinute, endMinute, type, value, overageFactor, hasTrueUp }) =>
      [id, startMinute, endMinute, type, value, overageFactor, hasTrueUp] as const,
  );
  return JSON.stringify({ ...draft, timeBuckets });
}

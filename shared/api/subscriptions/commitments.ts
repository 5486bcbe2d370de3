// Commitments of line items on the wire, under two sets of names: on the items themselves, and by price when a subscription is
// made. 0 commits to nothing.
import * as v from 'valibot';
import { type CommitmentDuration, type CommitmentTerms, commitmentTypes, type LineItemCommitment } from '../../domain/commitments/commitment.ts';
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

/** Of line items. */
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

/** By price. */
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

/** How a body names what differs. */
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

/** What a body says of a commitment; undefined: nothing. */
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

/** Undefined: nothing is committed to. */
const termsOf = ({ amount, quantity, overageFactor, hasTrueUp }: CommitmentRequest): CommitmentTerms | undefined => {
  const value = isSome(amount) ? amount : quantity;
  if (value === undefined || value === '0' || overageFactor === undefined) return undefined;
  return { type: isSome(amount) ? 'amount' : 'quantity', value, overageFactor, hasTrueUp: hasTrueUp ?? false };
};

/** The rules between the fields of a commitment as it would be. */
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

// To `v.object` a list is an object without the fields, and here none is required.
const sentConfigSchema = v.object(configEntries);
export const commitmentConfigSchema = v.pipe(
  readsAs(v.custom<object>(isObject, 'must be an object'), sentConfigSchema),
  sentConfigSchema,
  fieldRules((sent) => brokenCommitmentRules(requestOfConfig(sent), namesOfConfig)),
  v.transform(requestOfConfig),
);

/** A commitment as asked for; the prices of its time buckets are not made yet. */
export type CommitmentDraft = Omit<LineItemCommitment, 'timeBuckets'> & {
  readonly timeBuckets: readonly TimeBucketRequest[];
};

/** undefined: none. The rules were checked before. */
export const draftOf = (request: CommitmentRequest): CommitmentDraft | undefined => {
  const terms = termsOf(request);
  const { isWindowed = false, duration, timeBuckets = [] } = request;
  if (!terms && timeBuckets.length === 0) return undefined;
  return { ...(terms && { terms }), isWindowed, ...(duration && { duration }), timeBuckets };
};

/** What `sent` changes of a commitment; what it says nothing of stays, but a new value takes the place of the old one. */
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

/** Whether what a body says changes what is committed to, or breaks a rule. New prices of time buckets always do. */
export const changesCommitment = (before: LineItemCommitment | undefined, sent: SentOfItem): boolean => {
  const request = requestOfItem(sent);
  if (!saysCommitment(request)) return false;
  const after = overlaid(before, request);
  const hasNewPrice = request.timeBuckets?.some(({ price }) => price !== undefined) ?? false;
  if (hasNewPrice || brokenCommitmentRules(after, namesOfItem).length > 0) return true;
  return textOfDraft(after) !== textOfDraft(overlaid(before, {}));
};

/** Equal for what commits to the same. */
function textOfDraft(request: CommitmentRequest): string {
  const draft = draftOf(request);
  const timeBuckets = draft?.timeBuckets.map(
    ({ id, startMinute, endMinute, type, value, overageFactor, hasTrueUp }) =>
      [id, startMinute, endMinute, type, value, overageFactor, hasTrueUp] as const,
  );
  return JSON.stringify({ ...draft, timeBuckets });
}

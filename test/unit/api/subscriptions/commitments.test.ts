// Commitments: which ones a request may state, and how a change is applied to one.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { timeBucketSchema } from '../../../../shared/api/subscriptions/commitment-times.ts';
import { toCommitmentBody } from '../../../../shared/api/subscriptions/commitment-bodies.ts';
import {
  changesCommitment,
  type CommitmentRequest,
  draftOf,
  overlaid,
  requestOfItem,
} from '../../../../shared/api/subscriptions/commitments.ts';
import { addLineItemSchema, changeLineItemSchema } from '../../../../shared/api/subscriptions/line-items.ts';
import { parseBody } from '../../../../shared/api/http/parse-request.ts';
import { ApiError } from '../../../../shared/api/http/problem.ts';
import type { LineItemCommitment } from '../../../../shared/domain/commitments/commitment.ts';
import { readVectors } from '../../../support/builders/golden.ts';
import { aWindowedCommitment, rangeOf } from '../../../support/builders/time-buckets.ts';

const file = 'commitments.json';
const parseItem = (fields: object) =>
  parseBody(addLineItemSchema(0, 'usd'), JSON.stringify({ price_id: 'price_1', ...fields }));
const refusalOf = (parse: () => unknown): unknown => {
  try {
    parse();
    return {};
  } catch (error) {
    return error instanceof ApiError ? error.details : error;
  }
};

describe('golden validations', () => {
  const Valid = v.object({ valid: v.boolean() });
  const Fields = v.record(v.string(), v.unknown());
  test.each(readVectors(file, 'validate', Fields, Valid))('$id', ({ input, expected }) => {
    expect(refusalOf(() => parseItem(input))).toEqual(
      expected.valid ? {} : { commitment_overage_factor: 'must be 1 or more' },
    );
  });

  const Bucket = v.looseObject({ start: v.string(), end: v.string() });
  const timeOf = (clock: string) => {
    const [hour, minute] = clock.split(':').map(Number);
    return { hour, minute };
  };
  test.each(readVectors(file, 'time_bucket_validate', Bucket, Valid))('$id', ({ input, expected }) => {
    const price = { billing_model: 'FLAT_FEE', amount: '1' };
    const bucket = { ...input, start: timeOf(input.start), end: timeOf(input.end), price };
    expect(v.safeParse(timeBucketSchema, bucket).success).toBe(expected.valid);
  });
});

describe('a line item', () => {
  const bucket = (start: number, end: number, fields: object = {}) => ({
    start: { hour: start },
    end: { hour: end },
    price: { billing_model: 'FLAT_FEE', amount: '1' },
    commitment_type: 'amount',
    commitment_value: '5',
    overage_factor: 2,
    ...fields,
  });
  const windowed = (...timeBuckets: object[]) => ({ commitment_windowed: true, commitment_time_buckets: timeBuckets });

  test.each<[object, object]>([
    [{ commitment_amount: 5 }, { commitment_overage_factor: 'required' }],
    [{ commitment_amount: 5, commitment_overage_factor: '0.999' }, { commitment_overage_factor: 'must be 1 or more' }],
    [{ commitment_amount: -5 }, { commitment_amount: 'must be 0 or more' }],
    [
      { commitment_amount: 5, commitment_quantity: 5, commitment_overage_factor: 1 },
      { commitment_quantity: 'not together with commitment_amount' },
    ],
    [
      { commitment_amount: 5, commitment_type: 'quantity', commitment_overage_factor: 1 },
      { commitment_amount: 'only with commitment_type amount' },
    ],
    [{ commitment_type: 'quantity', commitment_quantity: 0 }, { commitment_quantity: 'must be greater than 0' }],
    [{ commitment_type: 'amount' }, { commitment_amount: 'must be greater than 0' }],
    [{ commitment_type: 'money' }, { commitment_type: 'must be one of amount, quantity' }],
    [
      { commitment_windowed: true, commitment_true_up_enabled: true, commitment_duration: 'MONTHLY' },
      {
        commitment_windowed: 'only with a commitment',
        commitment_true_up_enabled: 'only with a commitment',
        commitment_duration: 'only with a commitment',
      },
    ],
    [{ commitment_time_buckets: [bucket(1, 2)] }, { commitment_time_buckets: 'only with commitment_windowed' }],
    [{ overage_factor: 2 }, { overage_factor: 'is not supported: use commitment_overage_factor' }],
    [windowed(bucket(9, 9)), { 'commitment_time_buckets[0].end': 'must differ from start' }],
    [windowed(bucket(24, 0)), { 'commitment_time_buckets[0].end': 'must differ from start' }],
    [
      windowed(bucket(22, 6), bucket(6, 9), bucket(5, 6)),
      { 'commitment_time_buckets[2].start': 'must not overlap a time bucket before it' },
    ],
    [
      windowed(bucket(1, 2, { end: { hour: 24, minute: 1 }, price: null, commitment_value: 0 })),
      { 'commitment_time_buckets[0].end.minute': 'must be 0 with hour 24' },
    ],
    [
      windowed(bucket(1, 2, { price: null, commitment_value: 0 })),
      {
        'commitment_time_buckets[0].commitment_value': 'must be greater than 0',
        'commitment_time_buckets[0].price': 'required',
      },
    ],
    [
      windowed(bucket(1, 2, { start: [], end: { hour: 25 }, price: { billing_model: 'TIERED' } })),
      {
        'commitment_time_buckets[0].start': 'must be an object',
        'commitment_time_buckets[0].end.hour': 'must be a whole number from 0 to 24',
        'commitment_time_buckets[0].price.tier_mode': 'required',
        'commitment_time_buckets[0].price.tiers': 'required',
      },
    ],
  ])('is refused with %j', (fields, details) => {
    expect(refusalOf(() => parseItem(fields))).toEqual(details);
  });

  const draft = (fields: object) => draftOf(requestOfItem(parseItem(fields)));

  test('commits to what it states', () => {
    expect(draft({ commitment_quantity: '5', commitment_overage_factor: 1, commitment_true_up_enabled: true })).toEqual(
      {
        terms: { type: 'quantity', value: '5', overageFactor: '1', hasTrueUp: true },
        isWindowed: false,
        timeBuckets: [],
      },
    );
    expect(draft(windowed(bucket(22, 6)))).toMatchObject({
      isWindowed: true,
      timeBuckets: [{ startMinute: 1_320, endMinute: 360, value: '5', overageFactor: '2', hasTrueUp: false }],
    });
  });

  test('commits to nothing where it states 0 or nothing', () => {
    expect(draft({})).toBeUndefined();
    expect(draft({ commitment_amount: 0, commitment_type: '', commitment_time_buckets: [] })).toBeUndefined();
  });
});

describe('a change of a commitment', () => {
  const before: LineItemCommitment = {
    terms: { type: 'amount', value: '10', overageFactor: '2', hasTrueUp: true },
    isWindowed: false,
    duration: 'MONTHLY',
    timeBuckets: [],
  };
  const buckets = aWindowedCommitment({ hasTerms: false, timeBuckets: [rangeOf('09:00', '12:00')] });
  const sentOf = (fields: object) => parseBody(changeLineItemSchema, JSON.stringify(fields));
  const after = (commitment: LineItemCommitment | undefined, fields: object) =>
    draftOf(overlaid(commitment, requestOfItem(sentOf(fields))));

  test.each<[object, CommitmentRequest | object | undefined]>([
    [{}, before],
    [{ commitment_amount: 20 }, { terms: { ...before.terms, value: '20' }, duration: 'MONTHLY' }],
    [{ commitment_quantity: 3 }, { terms: { ...before.terms, type: 'quantity', value: '3' } }],
    [{ commitment_overage_factor: 3 }, { terms: { ...before.terms, overageFactor: '3' } }],
    [{ commitment_true_up_enabled: false }, { terms: { ...before.terms, hasTrueUp: false } }],
    [{ commitment_amount: 0 }, undefined],
  ])('to %j keeps what it does not mention', (fields, expected) => {
    if (expected === undefined) expect(after(before, fields)).toBeUndefined();
    else expect(after(before, fields)).toMatchObject(expected);
  });

  test('keeps time buckets, replaces them as a whole, or removes them', () => {
    expect(after(buckets, {})).toMatchObject({ isWindowed: true, timeBuckets: buckets.timeBuckets });
    expect(after(buckets, { commitment_amount: 1, commitment_overage_factor: 1 })).toMatchObject({
      terms: { value: '1' },
      isWindowed: true,
      timeBuckets: [{ id: 'bucket_0' }],
    });
    expect(after(buckets, { commitment_time_buckets: [] })).toBeUndefined();
  });

  test('exists only where something changes, or is invalid', () => {
    const changes = (commitment: LineItemCommitment | undefined, fields: object) =>
      changesCommitment(commitment, sentOf(fields));
    expect(changes(before, {})).toBe(false);
    expect(changes(before, { commitment_amount: '10.0', commitment_type: 'amount' })).toBe(false);
    expect(changes(before, { commitment_amount: '10.1' })).toBe(true);
    expect(changes(before, { commitment_type: 'quantity' })).toBe(true);
    expect(changes(before, { commitment_windowed: true })).toBe(true);
    expect(changes(undefined, { commitment_amount: 0, commitment_windowed: false, commitment_time_buckets: [] })).toBe(
      false,
    );
    expect(changes(undefined, { commitment_quantity: 5 })).toBe(true);
    const [kept] = toCommitmentBody(buckets).commitment_time_buckets ?? [];
    expect(changes(buckets, { commitment_time_buckets: [kept] })).toBe(false);
    expect(changes(buckets, { commitment_time_buckets: [{ ...kept, commitment_value: 6 }] })).toBe(true);
    const price = { billing_model: 'FLAT_FEE', amount: 1 };
    expect(changes(buckets, { commitment_time_buckets: [{ ...kept, price }] })).toBe(true);
    expect(changes(buckets, { commitment_time_buckets: [] })).toBe(true);
  });
});

// Coverage of the golden vectors: a test reads every operation of every file, except pricing vectors that are excluded, each with
// a reason.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';

const golden = join(import.meta.dirname, '..', 'fixtures', 'golden');
const Vectors = v.array(v.object({ id: v.string(), op: v.optional(v.string()) }));

const files = readdirSync(golden).filter((name) => name.endsWith('.json'));
const vectorsOf = (file: string) => v.parse(Vectors, JSON.parse(readFileSync(join(golden, file), 'utf8')));

/** By id, with the reason. */
const outside: Readonly<Record<string, readonly string[]>> = {
  'coupons are outside: a request that has one is 400': [
    'discount-coupon-005',
    'discount-coupon-006',
    'discount-coupon-007',
    'discount-coupon-009',
    'discount-coupon-011',
    'discount-coupon-012',
    'discount-coupon-014',
    'discount-coupon-015',
    'discount-coupon-016',
    'discount-coupon-018',
    'discount-coupon-019',
    'discount-coupon-021',
    'discount-coupon-022',
  ],
  'grants are outside: a request that has one is 400': ['entitlement-grants-001', 'entitlement-grants-003'],
  'line items that are added or changed within a period are not prorated: create_prorations is 400': [
    'proration-fixed-002',
    'proration-fixed-003',
    'proration-fixed-004',
    'proration-fixed-005',
    'proration-fixed-006',
    'proration-fixed-008',
    'proration-fixed-009',
    'proration-fixed-010',
    'proration-fixed-013',
  ],
  'boundaries are the anchor and whole numbers of periods from it; upstream counts the next one from the start of a period':
    [
      'period-next_billing_date-012',
      'period-next_billing_date-014',
      'period-next_billing_date-046',
      'period-next_billing_date-050',
      'period-next_billing_date-054',
      'period-next_billing_date-080',
      'period-next_billing_date-081',
      'period-next_billing_date-083',
      'period-next_billing_date-084',
      'period-next_billing_date-106',
      'period-next_billing_date-108',
    ],
  'an allowance that is never reset is granted once: a period is billed by what it adds beyond the limit': [
    'entitlement-billing-010',
    'entitlement-billing-013',
  ],
  'the next reset is the end of the window that bills grant: DAILY is UTC days, others begin at the clock of the anchor, and WEEKLY has one too':
    [
      'entitlement-next_usage_reset-005',
      'entitlement-next_usage_reset-018',
      'entitlement-next_usage_reset-019',
      'entitlement-next_usage_reset-026',
      'entitlement-next_usage_reset-029',
    ],
  'a charge is split once, for usage and invoice, where its units stand: upstream splits at the average, and prices one part again':
    ['commitment-subscription-006'],
};

const sourcesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));

describe('golden vectors', () => {
  const sources = ['unit', 'contract'].flatMap((name) => sourcesOf(join(import.meta.dirname, '..', name)));

  test.each(files)('every operation in %s is read by a test', (file) => {
    const operations = new Set(vectorsOf(file).map(({ op }) => op));
    // A file of one operation need not name it.
    const isRead = (op: string | undefined) =>
      sources.some((source) => source.includes(file) && (op === undefined || source.includes(`'${op}'`)));
    expect([...operations].filter((op) => !isRead(op))).toEqual([]);
  });

  test('no vector file contains an excluded vector', () => {
    const known = new Set(files.flatMap((file) => vectorsOf(file).map(({ id }) => id)));
    expect(
      Object.values(outside)
        .flat()
        .filter((id) => known.has(id)),
    ).toEqual([]);
  });
});

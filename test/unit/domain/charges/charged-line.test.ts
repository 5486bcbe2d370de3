// Charges of lines whose buckets, groups or times of the day have prices of their own.
import { describe, expect, test } from '@jest/globals';
import { messageOfPriceStep, priceSteps } from '../../../../shared/domain/pricing/charge-steps.ts';
import { type ChargedLine, chargeLine } from '../../../../shared/domain/charges/charged-line.ts';
import { decimal, formatQuantity, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { chargeOf } from '../../../../shared/domain/charges/usage-charge.ts';
import { usageLinesOf } from '../../../../shared/domain/charges/usage-line.ts';
import { aCatalog, aLineage, aLineItem, aMeter, aPrice, aSubscription } from '../../../support/builders/builders.ts';
import { aBucketedLine, aContext, march } from '../../../support/builders/measured-lines.ts';

const stepsText = ({ steps, amount }: ChargedLine): readonly string[] => [
  ...steps.map(
    (step) => `${step.kind === 'price' ? messageOfPriceStep(step) : step.kind} ${formatQuantity(step.amount)}`,
  ),
  formatQuantity(amount),
];
const groups = (...values: readonly string[]) => values.map(decimal);

describe('a bucket with groups', () => {
  const tiers = [
    { upTo: 10, unitAmount: '2' },
    { upTo: null, unitAmount: '1' },
  ];
  const buckets = [{ start: march.start, values: groups('8', '8') }];

  test('has groups that each begin with the first tier', () => {
    const price = { amount: '0', billingModel: 'TIERED', tierMode: 'SLAB', tiers } as const;
    expect(formatQuantity(chargeOf(aBucketedLine('DAY', buckets, { price })).cost)).toBe('32');
  });

  test('is priced as a whole by packages', () => {
    const price = {
      amount: '5',
      billingModel: 'PACKAGE',
      transformQuantity: { divideBy: 10, round: 'up' },
    } as const;
    expect(formatQuantity(chargeOf(aBucketedLine('DAY', buckets, { price })).cost)).toBe('10');
  });
});

test('the steps of a line include the price of a time bucket', () => {
  const timeBucket = {
    id: 'bucket_1',
    startMinute: 0,
    endMinute: 60,
    priceId: 'price_2',
    type: 'amount',
    value: '5',
    overageFactor: '2',
    hasTrueUp: false,
  } as const;
  const commitment = { isWindowed: true, timeBuckets: [timeBucket] };
  const hour = 3_600_000;
  const buckets = [
    { start: march.start, values: groups('10') },
    { start: march.start + 5 * hour, values: groups('3') },
  ];
  const price = { amount: '1', billingModel: 'FLAT_FEE' } as const;
  const line = chargeLine(
    chargeOf(aBucketedLine('HOUR', buckets, { price, item: { commitment } })),
    aContext({ priceOf: () => ({ amount: '2', billingModel: 'FLAT_FEE' }) }),
  );
  // In the hour 20, of which 5 are committed to and 15 cost twice; outside of it 3.
  expect(stepsText(line)).toEqual(['10 × 2 20', '3 × 1 3', 'commitment 15', '38']);
  expect(line.commitment && formatQuantity(line.commitment.utilized)).toBe('5');
});

test('parts with the same rate are one step of a line, and those with another flat amount another', () => {
  const part = (units: string, flat: string) => ({
    units: decimal(units),
    unitAmount: decimal('2'),
    flatAmount: decimal(flat),
    upTo: null,
  });
  const steps = priceSteps([part('1', '5'), part('2', '5'), part('3', '7'), part('4', '0')]);
  expect(steps.map(messageOfPriceStep)).toEqual(['3 × 2 + 2 × 5 flat', '3 × 2 + 1 × 7 flat', '4 × 2']);
  expect(steps.reduce((sum, { amount }) => sum.plus(amount), zeroQuantity).toFixed()).toBe('37');
});

test('a line item has no usage line if it is not published, or has another billing period', () => {
  const price = aPrice({ id: 'price_1', type: 'USAGE', meterId: 'meter_1' });
  const item = (fields: Parameters<typeof aLineItem>[0]) =>
    aLineItem({ priceId: price.id, priceType: 'USAGE', startDate: march.start, ...fields });
  const catalog = aCatalog({ meters: [aMeter({ id: 'meter_1' })], priceLineages: [aLineage(price)] });
  const lines = usageLinesOf(
    aSubscription({
      lineItems: [
        item({ id: 'a' }),
        item({ id: 'b', status: 'archived' }),
        item({ id: 'c', startDate: march.end }),
        item({ id: 'd', startDate: 0, endDate: march.start }),
        item({ id: 'e', startDate: 0, endDate: march.start + 1 }),
      ],
    }),
    catalog,
    march,
  );
  expect(lines.map(({ item: { id }, start, end }) => [id, start, end])).toEqual([
    ['a', march.start, march.end],
    ['e', march.start, march.start + 1],
  ]);
});

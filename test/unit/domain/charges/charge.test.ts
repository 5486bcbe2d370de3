// Charges of lines with several versions, and of lines whose buckets, groups or times of the day have prices of their own.
import { describe, expect, test } from '@jest/globals';
import { readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import { type Charge, grossCharge } from '../../../../shared/domain/charges/charge.ts';
import { decimal, formatQuantity as text, sumOf, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { messageOfPriceStep, priceSteps } from '../../../../shared/domain/pricing/charge-steps.ts';
import type { PriceTier } from '../../../../shared/domain/pricing/price.ts';
import { msPerDay, msPerHour } from '../../../../shared/domain/time/instant.ts';
import { anExample, type ExampleVersion } from '../../../support/worlds/charged-examples.ts';
import { aBucketedLine, chargeOf, march } from '../../../support/builders/measured-lines.ts';
import { chargesIn } from '../../../support/worlds/charged-world.ts';

const stepsOf = ({ versions }: Charge): readonly string[] =>
  versions.flatMap(({ steps, amount }) => [
    ...steps.map((step) => `${step.kind === 'price' ? messageOfPriceStep(step) : step.kind} ${text(step.amount)}`),
    text(amount),
  ]);
const amountsOf = ({ versions }: Charge): readonly string[] => versions.map(({ amount }) => text(amount));
const groups = (...values: readonly string[]) => values.map(decimal);
const day = (index: number): number => march.start + index * msPerDay;
const middle = march.start + (march.end - march.start) / 2;

/** Charges March of one line. */
const chargeMarch = (...fields: Parameters<typeof anExample>): Charge => {
  const [charge, ...others] = chargesIn(anExample(...fields), march);
  if (charge === undefined || others.length > 0) throw new Error('not one line');
  return charge;
};
const tiered = (tierMode: 'SLAB' | 'VOLUME', ...tiers: readonly (readonly [number | null, string, string?])[]) =>
  ({
    amount: '0',
    billingModel: 'TIERED',
    tierMode,
    tiers: tiers.map(([upTo, unitAmount, flatAmount]): PriceTier => ({
      upTo,
      unitAmount,
      ...(flatAmount && { flatAmount }),
    })),
  }) as const;

describe('versions of a line', () => {
  const halves = (first: ExampleVersion['price'], second: ExampleVersion['price']): readonly ExampleVersion[] => [
    { end: middle, price: { ...first } },
    { start: middle, price: { ...second } },
  ];
  const hundreds = { amount: '1', billingModel: 'PACKAGE', transformQuantity: { divideBy: 10, round: 'up' } } as const;
  const thousands = { ...hundreds, amount: '8', transformQuantity: { divideBy: 100, round: 'up' } } as const;
  const inBoth = (first: string, second: string) =>
    [
      [day(4), first],
      [day(24), second],
    ] as const;

  test('go on in the tiers where the version before has ended, also after a gap', () => {
    const price = tiered('SLAB', [1000, '0'], [null, '1']);
    const charge = chargeMarch({
      versions: [
        { end: day(9), price },
        { start: day(19), price },
      ],
      usage: [...inBoth('900', '900'), [day(15), '5000']],
    });
    expect([text(charge.quantity), text(charge.amount), amountsOf(charge)]).toEqual(['1800', '800', ['0', '800']]);
  });

  test('do not pay again for a package that is started', () => {
    expect(amountsOf(chargeMarch({ versions: halves(hundreds, thousands), usage: inBoth('15', '15') }))).toEqual([
      '2',
      '0',
    ]);
  });

  test('share what the whole costs, flat amounts too, where all units have one rate', () => {
    const versions = halves(tiered('VOLUME', [null, '1', '10']), tiered('VOLUME', [null, '1', '20']));
    const charge = chargeMarch({ versions, usage: inBoth('30', '70') });
    expect(stepsOf(charge)).toEqual([
      '100 × 1 + 1 × 10 flat 110',
      'version_share -77',
      '33',
      '100 × 1 + 1 × 20 flat 120',
      'version_share -36',
      '84',
    ]);
    expect(charge.versions.map(({ quantity }) => text(quantity))).toEqual(['30', '70']);
  });

  test('share by time what has no units that come to be', () => {
    const meter = { aggregation: { type: 'MAX', field: 'seats' } } as const;
    const charge = chargeMarch({
      versions: halves({ amount: '9' }, { amount: '15' }),
      meter,
      usage: [[day(20), '4']],
    });
    expect([text(charge.quantity), amountsOf(charge)]).toEqual(['4', ['18', '30']]);
    expect(charge.versions.map(({ quantity }) => text(quantity))).toEqual(['2', '2']);
  });

  test('share a level by how much of it they held', () => {
    const meter = { aggregation: { type: 'WEIGHTED_SUM', field: 'gb' } } as const;
    const versions = halves({ amount: '1' }, { amount: '2' });
    // 100 all month, and 100 more for the last half: 50 and 100.
    const usage = [
      [march.start, '100'],
      [middle, '100'],
    ] as const;
    const charge = chargeMarch({ versions, meter, usage });
    expect([text(charge.quantity), amountsOf(charge)]).toEqual(['150', ['50', '200']]);
  });

  test('give units back, the last first, and none has less than nothing', () => {
    const charged = (...values: readonly [string, string]): readonly string[] =>
      chargeMarch({ versions: halves({ amount: '1' }, { amount: '10' }), usage: inBoth(...values) }).versions.map(
        ({ quantity, amount }) => `${text(quantity)} ${text(amount)}`,
      );
    expect(charged('50', '-20')).toEqual(['30 30', '0 0']);
    expect(charged('-20', '50')).toEqual(['0 0', '30 300']);
    expect(charged('20', '-50')).toEqual(['0 0', '0 0']);
  });

  test('are rounded together', () => {
    const versions = [0, 1, 2].map((index) => ({ start: day(index), end: day(index + 1), price: { amount: '0.004' } }));
    const charge = chargeMarch({ versions, usage: [0, 1, 2].map((index) => [day(index), '1'] as const) });
    expect([text(readableDecimal(charge.cost)), text(charge.amount), amountsOf(charge)]).toEqual([
      '0.012',
      '0.01',
      ['0', '0.01', '0'],
    ]);
  });

  test('are committed to once, each for its share of the time', () => {
    const terms = { type: 'amount', value: '100', overageFactor: '2', hasTrueUp: false } as const;
    const versions = [{ end: middle, item: { commitment: { terms, isWindowed: false, timeBuckets: [] } } }, {}].map(
      (version, place) => ({ ...version, ...(place === 1 && { start: middle }) }),
    );
    // 150 of usage cost 200 with the commitment: half of the 50 more are charged.
    const charge = chargeMarch({ versions, usage: inBoth('100', '50') });
    expect([text(charge.amount), amountsOf(charge)]).toEqual(['175', ['125', '50']]);
    expect(charge.versions[0]?.outcome && text(charge.versions[0].outcome.overage)).toBe('50');
    expect(text(grossCharge(charge).amount)).toBe('150');
  });

  test('cost nothing in a trial', () => {
    const trial = { trialStart: march.start, trialEnd: march.end };
    const [charge] = chargesIn(anExample({ usage: inBoth('3', '4'), subscription: trial }), march);
    expect(charge && [text(charge.quantity), text(readableDecimal(charge.cost)), stepsOf(charge)]).toEqual([
      '7',
      '0',
      ['7 × 1 7', 'trial -7', '0'],
    ]);
  });
});

describe('a bucket with groups', () => {
  const buckets = [{ start: march.start, values: groups('8', '8') }];

  test('has groups that each begin with the first tier', () => {
    const price = tiered('SLAB', [10, '2'], [null, '1']);
    expect(text(readableDecimal(chargeOf(aBucketedLine('DAY', buckets, { price })).cost))).toBe('32');
  });

  test('is priced as a whole by packages', () => {
    const price = { amount: '5', billingModel: 'PACKAGE', transformQuantity: { divideBy: 10, round: 'up' } } as const;
    expect(text(readableDecimal(chargeOf(aBucketedLine('DAY', buckets, { price })).cost))).toBe('10');
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
  const buckets = [
    { start: march.start, values: groups('10') },
    { start: march.start + 5 * msPerHour, values: groups('3') },
  ];
  const charge = chargeOf(aBucketedLine('HOUR', buckets, { price: { amount: '1' }, item: { commitment } }), {
    priceOf: () => ({ amount: '2', billingModel: 'FLAT_FEE' }),
  });
  // In the hour 20, of which 5 are committed to and 15 cost twice; outside of it 3.
  expect(stepsOf(charge)).toEqual(['10 × 2 20', '3 × 1 3', 'commitment 15', '38']);
  expect(charge.versions[0]?.outcome && text(charge.versions[0].outcome.utilized)).toBe('5');
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
  expect(text(sumOf([zeroQuantity, ...steps.map(({ amount }) => amount)]))).toBe('37');
});

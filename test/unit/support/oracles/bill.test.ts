// The oracle of bills against bills that were worked out by hand.
import { describe, expect, test } from '@jest/globals';
import {
  aBillCase,
  aFixedItem,
  aMeterOfCase,
  anAllowanceOfCase,
  aUsageItem,
  day,
  each,
  used,
} from '../../../support/oracles/bill/bill-cases.ts';
import type { BillCase, Terms } from '../../../support/oracles/bill/bill-case.ts';
import { billOf } from '../../../support/oracles/bill/bill.ts';
import { decimalText } from '../../../support/oracles/bill/fraction.ts';
import { allowanceNow, toldUsage } from '../../../support/oracles/bill/usage-answers.ts';

const amountsOf = (fields: Partial<BillCase>): readonly string[] =>
  billOf(aBillCase(fields))?.lines.map(({ amount }) => decimalText(amount)) ?? [];
const quantitiesOf = (fields: Partial<BillCase>): readonly string[] =>
  billOf(aBillCase(fields))?.lines.map(({ quantity }) => decimalText(quantity)) ?? [];
const totalOf = (fields: Partial<BillCase>): string => {
  const bill = billOf(aBillCase(fields));
  return bill ? decimalText(bill.subtotal) : 'none';
};

/** Two versions, the second from a day of October on. */
const changedOn = (date: string, first: Terms, second: Terms) => [
  aUsageItem({ end: day(date), terms: first }),
  aUsageItem({ id: 'second', start: day(date), terms: second }),
];
const tiers = (mode: 'SLAB' | 'VOLUME', upTo: number, below: string, above: string): Terms => ({
  model: 'TIERED',
  mode,
  tiers: [
    { upTo, unit: below },
    { upTo: null, unit: above },
  ],
});

describe('versions of one line', () => {
  test('share the first tier over a gap', () => {
    const terms = tiers('SLAB', 1000, '0', '1');
    const items = [
      aUsageItem({ end: day('2025-10-10'), terms }),
      aUsageItem({ id: 'second', start: day('2025-10-20'), terms }),
    ];
    expect(amountsOf({ items, events: used(['2025-10-05', 900], ['2025-10-15', 7], ['2025-10-25', 900]) })).toEqual([
      '0',
      '800',
    ]);
  });

  test('continue a package that has been started', () => {
    const items = changedOn(
      '2025-10-15',
      { model: 'PACKAGE', amount: '1', size: 10, round: 'up' },
      { model: 'PACKAGE', amount: '8', size: 100, round: 'up' },
    );
    expect(amountsOf({ items, events: used(['2025-10-05', 15], ['2025-10-20', 15]) })).toEqual(['2', '0']);
  });

  test('share a volume with its flat amount by units', () => {
    const volume = (flat: string): Terms => ({
      model: 'TIERED',
      mode: 'VOLUME',
      tiers: [{ upTo: null, unit: '1', flat }],
    });
    const items = changedOn('2025-10-15', volume('10'), volume('20'));
    expect(amountsOf({ items, events: used(['2025-10-05', 30], ['2025-10-20', 70]) })).toEqual(['33', '84']);
  });

  test('share a level by what it came to, after the free units', () => {
    const items = changedOn('2025-11-16', each('1'), each('2')).map((item) => ({
      ...item,
      start: Math.max(item.start, day('2025-11-01')),
    }));
    const fields = {
      start: day('2025-11-01'),
      meters: [aMeterOfCase({ aggregation: 'WEIGHTED_SUM' })],
      items,
      events: used(['2025-11-01', 100]),
      allowances: [anAllowanceOfCase({ limit: 60 })],
    } as const;
    expect(amountsOf(fields)).toEqual(['20', '40']);
    expect(amountsOf({ ...fields, allowances: [] })).toEqual(['50', '100']);
  });

  test('share seats by time, after the free ones', () => {
    const start = day('2025-11-01');
    const fields = {
      start,
      meters: [aMeterOfCase({ aggregation: 'LATEST' })],
      items: changedOn('2025-11-16', each('9'), each('15')).map((item) => ({
        ...item,
        start: Math.max(item.start, start),
      })),
      events: used(['2025-11-03', 4]),
    } as const;
    expect(totalOf(fields)).toBe('48');
    expect(totalOf({ ...fields, allowances: [anAllowanceOfCase({ limit: 1 })] })).toBe('36');
  });

  test('give back the last units first', () => {
    const items = changedOn('2025-10-15', each('1'), each('10'));
    const events = used(['2025-10-05', 30], ['2025-10-20', 5], ['2025-10-21', -15]);
    expect(quantitiesOf({ items, events })).toEqual(['20', '0']);
    expect(quantitiesOf({ items, events: used(['2025-10-05', -30], ['2025-10-20', 40]) })).toEqual(['0', '10']);
  });

  test('count their commitment by time', () => {
    const start = day('2025-11-01');
    const commitment = { type: 'amount', value: '100', factor: '2', hasTrueUp: false, isWindowed: false } as const;
    const items = [
      aUsageItem({ start, end: day('2025-11-16'), commitment }),
      aUsageItem({ id: 'second', start: day('2025-11-16') }),
    ];
    expect(totalOf({ start, items, events: used(['2025-11-03', 150]) })).toBe('175');
  });
});

describe('parts of a period', () => {
  test('weigh a level against the whole period', () => {
    const fields = {
      start: day('2025-11-01'),
      meters: [aMeterOfCase({ aggregation: 'WEIGHTED_SUM' })],
      events: used(['2025-11-01', 100]),
      asked: { start: day('2025-11-01'), end: day('2025-11-11') },
    } as const;
    expect(decimalText(billOf(aBillCase(fields))?.lines[0]?.quantity ?? { top: 0n, bottom: 1n }, 1)).toBe('33.3');
  });

  test('cost a fixed line its share of the whole period', () => {
    const items = [aFixedItem({ start: day('2024-11-20'), terms: each('91') })];
    const fields = {
      start: day('2024-11-20'),
      anchor: day('2025-01-01'),
      cadence: { period: 'QUARTERLY', count: 1 },
      items,
    } as const;
    // 42 of the 92 days from October to December.
    expect(totalOf(fields)).toBe(String(Math.round((91 * 42 * 100) / 92) / 100));
  });

  test('are billed from the end of a trial on', () => {
    const start = day('2025-06-15');
    const fields = {
      start,
      trialEnd: day('2025-07-15'),
      items: [aUsageItem({ start }), aFixedItem({ start, terms: each('149') })],
      events: used(['2025-06-20', 7], ['2025-07-20', 3]),
    } as const;
    expect(billOf(aBillCase(fields))).toMatchObject({ start, end: day('2025-07-15') });
    expect(amountsOf(fields)).toEqual(['0', '0']);
    expect(amountsOf({ ...fields, asked: { start: day('2025-07-15') } })).toEqual(['149', '3']);
  });

  test('end at the series of the anchor', () => {
    const fields = {
      start: day('2025-02-20'),
      anchor: day('2025-01-15'),
      cadence: { period: 'QUARTERLY', count: 1 },
    } as const;
    expect(billOf(aBillCase(fields))?.end).toBe(day('2025-04-15'));
  });
});

describe('allowances', () => {
  test('are granted once in a window that is longer than the period', () => {
    const fields = {
      start: day('2025-01-01'),
      items: [aUsageItem({ start: day('2025-01-01'), terms: each('10') })],
      events: used(['2025-01-10', 40], ['2025-02-10', 40], ['2025-03-10', 40]),
      allowances: [anAllowanceOfCase({ limit: 50, reset: 'ANNUAL' })],
    } as const;
    const months = ['2025-01-01', '2025-02-01', '2025-03-01'];
    expect(months.map((month) => totalOf({ ...fields, asked: { start: day(month) } }))).toEqual(['0', '300', '400']);
  });

  test('are granted in each window of a longer period', () => {
    const weekly = {
      start: day('2025-09-01'),
      events: used(['2025-09-01', 900], ['2025-09-08', 900], ['2025-09-15', 900], ['2025-09-22', 1001]),
      allowances: [anAllowanceOfCase({ limit: 1000, reset: 'WEEKLY' })],
    } as const;
    expect(totalOf(weekly)).toBe('1');
  });

  test('free a unit for every line', () => {
    const items = [aUsageItem(), aUsageItem({ id: 'surcharge', terms: each('0.1'), lineage: 'surcharge' })];
    const events = used(['2025-10-05', 900], ['2025-10-25', 900]);
    expect(amountsOf({ items, events, allowances: [anAllowanceOfCase({ limit: 1000 })] })).toEqual(['800', '80']);
  });

  test('tell what of their window is used', () => {
    const fields = aBillCase({
      events: used(['2025-10-05', 70], ['2025-11-05', 80], ['2025-11-20', 9]),
      now: day('2025-11-10'),
    });
    const told = allowanceNow(fields, anAllowanceOfCase());
    expect([decimalText(told?.usage ?? { top: -1n, bottom: 1n }), told?.reset]).toEqual(['80', day('2025-12-01')]);
  });
});

describe('commitments of the subscription', () => {
  const commitment = { amount: '100', factor: '2', hasTrueUp: true };

  test('are used up by what is left after the free units', () => {
    const totals = [50, 100, 120, 250].map((units) =>
      totalOf({ commitment, allowances: [anAllowanceOfCase()], events: used(['2025-10-05', units]) }),
    );
    expect(totals).toEqual(['100', '100', '100', '200']);
  });

  test('cost the rest of a split where it stands', () => {
    const terms: Terms = {
      model: 'TIERED',
      mode: 'SLAB',
      tiers: [
        { upTo: 1000, unit: '0.02' },
        { upTo: 5000, unit: '0.005' },
        { upTo: null, unit: '0.01' },
      ],
    };
    const fields = {
      items: [aUsageItem({ terms })],
      commitment: { amount: '10', factor: '1.5', hasTrueUp: false },
      events: used(['2025-10-05', 1500]),
    } as const;
    expect(amountsOf(fields)).toEqual(['10', '18.75']);
  });

  test('tell the overage beside the gross charges', () => {
    const bill = aBillCase({ commitment, allowances: [anAllowanceOfCase()], events: used(['2025-10-05', 250]) });
    const { charges } = toldUsage(bill, { start: day('2025-10-01'), end: day('2025-11-01') });
    expect(charges.map(({ quantity, amount }) => [decimalText(quantity), decimalText(amount)])).toEqual([
      ['200', '200'],
      ['50', '100'],
    ]);
  });

  test('add up over the periods of their window', () => {
    const fields = {
      commitment: { amount: '60', factor: '2', duration: 'ANNUAL', hasTrueUp: false },
      events: used(['2025-10-05', 50], ['2025-11-05', 12]),
    } as const;
    expect(amountsOf({ ...fields, asked: { start: day('2025-11-01') } })).toEqual(['10', '4']);
  });
});

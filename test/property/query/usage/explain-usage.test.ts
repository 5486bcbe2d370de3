// The events listed behind a number add up to it, page by page, and agree with the number's tallies.
import { expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { isSame, runningTotals, totalOf } from '../../../../console/src/pages/query/running-total.ts';
import type { UsageExplanationBody } from '../../../../shared/api/bodies/usage.ts';
import { outcomeReasons, outcomes } from '../../../../shared/domain/aggregations/measurement.ts';
import { inOrder } from '../../../support/oracles/naive-usage.ts';
import { histories, replay } from '../../../support/worlds/usage-histories.ts';
import type { Question } from '../../../support/worlds/usage-questions.ts';
import { type Asked, openUsageWorld, toAnswer, type UsageWorld } from '../../../support/worlds/usage-world.ts';

type Explained = UsageExplanationBody['events'][number];

const pagesOf = async (
  world: UsageWorld,
  asked: Asked,
  pageSize: number,
  filter: object = {},
): Promise<readonly UsageExplanationBody[]> => {
  const pages: UsageExplanationBody[] = [];
  for (let key: string | undefined; ;) {
    const sent = { page_size: pageSize, ...(key !== undefined && { iter_last_key: key }) };
    const page = await world.explain(asked, sent, filter);
    pages.push(page);
    expect(page.events.length).toBeLessThanOrEqual(pageSize);
    expect(page.has_more).toBe(page.iter_last_key !== undefined);
    // More is promised only where there is more.
    if (key !== undefined) expect(page.events.length).toBeGreaterThan(0);
    if (!page.has_more) return pages;
    key = page.iter_last_key;
  }
};

const total = (all: readonly Big[]): Big => all.reduce((sum, one) => sum.plus(one), new Big('0'));
const quantities = (all: readonly Explained[]): Big[] => all.map(({ quantity = '?' }) => new Big(quantity));
const ratio = (dividend: Big, divisor: number): Big => {
  Big.DP = 16;
  return dividend.div(String(divisor));
};

/** By what the answer lists alone, newest first, of events that count. */
const addUp = (type: Question['type'], counted: readonly Explained[], totalSeconds: number | undefined): string => {
  const sum = total(quantities(counted));
  const value = (): Big => {
    switch (type) {
      case 'AVG':
        return counted.length === 0 ? sum : ratio(sum, counted.length);
      case 'MAX':
        return quantities(counted).reduce(
          (max, one) => (one.gt(max) ? one : max),
          new Big(counted[0]?.quantity ?? '0'),
        );
      case 'MIN':
        return quantities(counted).reduce(
          (min, one) => (one.lt(min) ? one : min),
          new Big(counted[0]?.quantity ?? '0'),
        );
      case 'LATEST':
        return new Big(counted[0]?.quantity ?? '0');
      case 'COUNT_UNIQUE':
        return new Big(String(new Set(counted.map(({ unique_value: text }) => text)).size));
      case 'WEIGHTED_SUM': {
        if (totalSeconds === undefined || totalSeconds <= 0) return new Big('0');
        const weighed = counted.map(({ quantity = '?', seconds = NaN }) => new Big(quantity).times(String(seconds)));
        return ratio(total(weighed), totalSeconds);
      }
      case 'COUNT':
      case 'SUM':
      case 'SUM_WITH_MULTIPLIER':
        return sum;
    }
  };
  return value().lt('0') ? '0' : value().toFixed();
};

/** The rows that the listed windows and groups make. */
const rowsOf = (type: Question['type'], counted: readonly Explained[], totalSeconds: number | undefined) =>
  inOrder(
    [...Map.groupBy(counted, ({ window_start: start, group }) => JSON.stringify([start, group ?? {}])).values()].map(
      (ofRow) => ({
        start: Date.parse(ofRow[0]?.window_start ?? ''),
        value: addUp(type, ofRow, totalSeconds),
      }),
    ),
  );

const check = async (world: UsageWorld, asked: Asked, pageSize: number): Promise<void> => {
  const { question } = asked;
  const { value, rows, tallies } = toAnswer(await world.compute(asked));
  const pages = await pagesOf(world, asked, pageSize);
  const events = pages.flatMap((page) => page.events);
  const [{ total_seconds: totalSeconds } = { total_seconds: undefined }] = pages;
  const counted = events.filter(({ status }) => status !== 'excluded');

  const count = (status: Explained['status'], reason: Explained['reason']): number =>
    events.filter((event) => event.status === status && event.reason === reason).length;
  expect({
    counted: counted.length,
    counted_as_zero: {
      missing_property: count('counted_as_zero', 'missing_property'),
      non_numeric_value: count('counted_as_zero', 'non_numeric_value'),
    },
    excluded: {
      filter: count('excluded', 'filter'),
      expression_error: count('excluded', 'expression_error'),
      missing_property: count('excluded', 'missing_property'),
    },
  }).toEqual(tallies);
  expect(new Set(events.map((event) => event.event_id)).size).toBe(events.length);
  expect(events.map(({ timestamp }) => Date.parse(timestamp))).toEqual(
    events.map(({ timestamp }) => Date.parse(timestamp)).sort((a, b) => b - a),
  );

  const allRows = question.parts === undefined ? [] : rowsOf(question.type, counted, totalSeconds);
  const { start } = world.toNaive(asked);
  const shown = counted.filter(({ timestamp }) => Date.parse(timestamp) >= start);
  if (question.parts) expect(rowsOf(question.type, shown, totalSeconds)).toEqual(rows);
  const sumOfRows = total(allRows.map((row) => new Big(row.value))).toFixed();
  // A fold divides once for what lies within the range, and adds what came before: the last digit may differ.
  const isRounded = question.type === 'WEIGHTED_SUM' && question.isNeverReset;
  const added = question.parts?.kind === 'bucket' ? sumOfRows : addUp(question.type, counted, totalSeconds);
  if (isRounded) expect(new Big(added).minus(value).abs().toNumber()).toBeLessThanOrEqual(1e-15);
  else expect(added).toBe(value);
  // The console adds them up one after the other.
  const isByBucket = question.parts?.kind === 'bucket';
  const totals = runningTotals(events, { type: question.type, isByBucket, totalSeconds });
  expect(isSame(totalOf(totals), value, question.type)).toBe(true);
};

test('the events that an explanation lists add up to the number, its rows and its tallies, over pages of any size', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 1, max: 9 }), async (history, pageSize) => {
      const world = await openUsageWorld({ ...history, origin: history.zone.change });
      await replay(world, history, ({ question, ...asked }) =>
        check(world, { ...asked, question: { ...question, sources: [] } }, pageSize),
      );
    }),
    { numRuns: 80 },
  );
}, 60_000);

const any = <T>(known: readonly T[]) =>
  fc.oneof(fc.constant<T[]>([]), fc.subarray([...known], { minLength: 1, maxLength: 2 }));
const filters = fc.record({ status: any(outcomes), reasons: any(outcomeReasons), isGrouped: fc.boolean() });

test('a filter of an explanation shows exactly the events that the whole one lists so', async () => {
  const seen = { some: 0, groups: 0, reasons: 0 };
  await fc.assert(
    fc.asyncProperty(histories, filters, fc.integer({ min: 1, max: 9 }), async (history, drawn, pageSize) => {
      const { isGrouped, ...fields } = drawn;
      const world = await openUsageWorld({ ...history, origin: history.zone.change });
      await replay(world, history, async ({ question, ...rest }) => {
        const asked = { ...rest, question: { ...question, sources: [] } };
        const all = (await pagesOf(world, asked, 9)).flatMap((page) => page.events);
        const { group } = all.find((event) => event.group) ?? {};
        const filter = { ...fields, ...(isGrouped && group && { group }) };
        const isOf = <T>(wanted: readonly T[], own: T | undefined) =>
          wanted.length === 0 || wanted.some((one) => one === own);
        const expected = all.filter(
          (event) =>
            isOf(fields.status, event.status) &&
            isOf(fields.reasons, event.reason) &&
            (!('group' in filter) || JSON.stringify(event.group) === JSON.stringify(group)),
        );
        expect((await pagesOf(world, asked, pageSize, filter)).flatMap((page) => page.events)).toEqual(expected);
        if (expected.length > 0 && expected.length < all.length) seen.some += 1;
        if (expected.length > 0 && fields.reasons.length > 0) seen.reasons += 1;
        if (expected.length > 0 && 'group' in filter) seen.groups += 1;
      });
    }),
    { numRuns: 60 },
  );
  // Otherwise nothing was said about them.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(2);
}, 60_000);

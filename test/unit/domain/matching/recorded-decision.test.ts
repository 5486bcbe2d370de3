// A decision says more than the verdict: the warnings, the notes, and the decision that is recorded.
import { describe, expect, test } from '@jest/globals';
import { matchEvent, type EventMatch, quantityNotes, toDecision } from '../../../../shared/domain/matching/decision.ts';
import { similarNameWarning, timeWarnings } from '../../../../shared/domain/matching/warnings.ts';
import {
  anAccount,
  aCatalog,
  aLineage,
  aLineItem,
  aMeter,
  anEvent,
  aPrice,
  aSubscription,
  someInstant,
} from '../../../support/builders/builders.ts';

const matched = (world: Partial<Parameters<typeof matchEvent>[0]> = {}): EventMatch =>
  matchEvent({ event: anEvent(), catalog: aCatalog(), account: anAccount(), ...world });

describe('warnings', () => {
  test('a quantity warning names its meter and never changes the verdict', () => {
    const match = matched({ event: anEvent({ properties: { token: 12 } }) });
    expect(match.verdict).toBe('processed');
    expect(match.warnings).toEqual([
      { code: 'missing_property', subject: 'meter_1', detail: 'tokens is missing; present: token' },
    ]);
  });

  test('a failing expression leaves the event out of its meter, but the event is processed', () => {
    const catalog = aCatalog({ meters: [aMeter({ aggregation: { type: 'SUM', expression: '1 / tokens' } })] });
    const match = matched({ catalog, event: anEvent({ properties: {} }) });
    expect(match.verdict).toBe('processed');
    expect(match.warnings).toEqual([
      { code: 'expression_error', subject: 'meter_1', detail: 'the result is not finite' },
    ]);
  });

  const hour = Date.UTC(2025, 9, 15, 11);
  const minutes = 60_000;
  test.each<[string, number, number, readonly string[]]>([
    ['in its hour', hour + 59 * minutes, hour + 59 * minutes, []],
    ['within the grace after its hour', hour, hour + 65 * minutes, []],
    ['after the grace', hour, hour + 65 * minutes + 1, ['late_event']],
    ['5 minutes ahead', hour + 5 * minutes, hour, []],
    ['more than 5 minutes ahead', hour + 5 * minutes + 1, hour, ['future_timestamp']],
  ])('an event has the warnings of its time: %s', (_, timestamp, receivedAt, codes) => {
    expect(timeWarnings(timestamp, receivedAt).map(({ code }) => code)).toEqual(codes);
  });

  test('a similar name is recorded as a warning', () => {
    expect(similarNameWarning('CUSTOMER', ['Acme', 'ACME'])).toEqual({
      code: 'customer_near_miss',
      subject: 'Acme',
      detail: 'differs only in case or blanks from Acme, ACME',
    });
    expect(similarNameWarning('EVENT_NAME', ['x']).code).toBe('event_name_near_miss');
  });

  test('a number in a string is noted, not recorded', () => {
    const event = anEvent({ properties: { tokens: '12' } });
    const match = matched({ event });
    expect(match.warnings).toEqual([]);
    expect(quantityNotes(event, match)).toEqual([
      { code: 'numeric_string', subject: 'meter_1', detail: 'counted as a number, sent as a string: tokens' },
    ]);
    expect(quantityNotes(anEvent(), match)).toEqual([]);
  });

  test('a number that an expression rounds is noted, not recorded', () => {
    const event = anEvent({ properties: { tokens: '9007199254740993' } });
    const meters = [aMeter({ aggregation: { type: 'SUM', expression: 'tokens * 2' } })];
    const match = matched({ event, catalog: aCatalog({ meters }) });
    expect(match.warnings).toEqual([]);
    expect(quantityNotes(event, match)).toEqual([
      { code: 'numeric_string', subject: 'meter_1', detail: 'counted as a number, sent as a string: tokens' },
      { code: 'rounded_number', subject: 'meter_1', detail: 'computed with the nearest double: tokens' },
    ]);
  });
});

describe('the recorded decision', () => {
  test('the decision of a billed event records the ids of all that matched', () => {
    const late = timeWarnings(0, someInstant);
    expect(toDecision(matched(), late)).toEqual({
      verdict: 'processed',
      customerId: 'cust_1',
      meterIds: ['meter_1'],
      priceIds: ['price_1'],
      lineItemIds: ['subs_line_1'],
      beyond: { meters: 0, prices: 0, lineItems: 0 },
      warnings: [{ code: 'late_event', subject: '', detail: 'its hour ended more than 5 minutes before it came' }],
    });
  });

  test('the prices of other plans are only counted', () => {
    const catalog = aCatalog({ priceLineages: [aLineage(aPrice({ id: 'other' })), aLineage()] });
    const decision = toDecision(matched({ catalog }), []);
    expect(decision.priceIds).toEqual(['price_1']);
    expect(decision.beyond.prices).toBe(1);
  });

  test('a decision records 50 ids of each kind and 20 warnings, and counts the rest', () => {
    const ids = Array.from({ length: 70 }, (_, index) => `meter_${String(index)}`);
    const catalog = aCatalog({
      meters: ids.map((id) => aMeter({ id })),
      priceLineages: ids.map((id) => aLineage(aPrice({ id: `price of ${id}`, meterId: id }))),
    });
    const lineItems = ids.map((id) => aLineItem({ id: `item of ${id}`, priceId: `price of ${id}`, meterId: id }));
    const account = anAccount({ subscriptions: [aSubscription({ lineItems })] });
    const decision = toDecision(matched({ catalog, account, event: anEvent({ properties: null }) }), []);
    expect(decision.beyond).toEqual({ meters: 20, prices: 20, lineItems: 20, warnings: 50 });
    expect(decision.meterIds).toEqual(ids.slice(0, 50));
    expect(decision.priceIds).toHaveLength(50);
    expect(decision.lineItemIds).toHaveLength(50);
    expect(decision.warnings).toHaveLength(20);
  });
});

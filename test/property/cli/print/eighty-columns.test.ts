// The law of what the command line prints for people: whatever the values are, no line is wider than the terminal, and nothing
// of them steers it.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPreview } from '../../../../cli/client/charges-answer.ts';
import { chargesText } from '../../../../cli/print/charges-text.ts';
import { letterTable, letterText, toLetterRow } from '../../../../cli/operator/dead-letter-text.ts';
import { eventTable } from '../../../../cli/print/event-table.ts';
import { failuresText } from '../../../../cli/print/failures-text.ts';
import { judgedLine } from '../../../../cli/print/event-text.ts';
import { explainEvent } from '../../../../cli/print/explain-event.ts';
import { keyTable } from '../../../../cli/commands/keys.ts';
import type { Terminal } from '../../../../cli/process/terminal.ts';
import { widthOf } from '../../../../cli/process/text-width.ts';
import { timeText } from '../../../../cli/print/time-text.ts';
import { anAcceptedEvent } from '../../../support/builders/builders.ts';
import { aDeadLetter } from '../../../support/drivers/dead-letters.ts';

const aTerminal: fc.Arbitrary<Terminal> = fc.record({
  columns: fc.constantFrom(20, 79, 80, 120),
  isUnicode: fc.boolean(),
  isColored: fc.constant(false),
});
const aText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    'x'.repeat(130),
    'データベース'.repeat(9),
    '👨‍👩‍👧‍👦 family 🇩🇪 '.repeat(4),
    '\u001b[31mred\u009b\u202e',
    'a\nb\r\tc',
    'meter_01M8QRQC7KG1GMT599S57D08QR',
    '  two  blanks  ',
  ),
);
const someTexts = fc.array(aText, { maxLength: 3 });
const aTime = fc.constantFrom('2026-11-25T08:00:00Z', '2026-11-25T08:00:00.1Z', '2026-11-25T08:00:00.123+01:00');
const properties = fc.option(fc.dictionary(aText, aText, { maxKeys: 3, noNullPrototype: true }));

const isWithin = (text: string, { columns }: Terminal): void => {
  expect(Math.max(...text.split('\n').map(widthOf))).toBeLessThanOrEqual(columns);
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
};

const aStep = fc.record({
  status: fc.constantFrom('found', 'unprocessed', 'not_found'),
  error: fc.option(fc.record({ message: aText })),
});
const aLookup = fc.record({
  event: fc.record({
    id: aText,
    event_name: aText,
    external_customer_id: aText,
    timestamp: aTime,
    source: aText,
    properties,
  }),
  status: fc.constantFrom('processed', 'failed', 'processing'),
  processed_events: fc.array(
    fc.record({
      meter_id: aText,
      subscription_id: aText,
      sub_line_item_id: aText,
      price_id: aText,
      qty_total: fc.constantFrom('1', `${'9'.repeat(25)}.${'9'.repeat(30)}`),
      period_start: aTime,
      period_end: aTime,
    }),
    { maxLength: 2 },
  ),
  debug_tracker: fc.option(
    fc
      .tuple(aStep, aStep, aStep, aStep, aText, someTexts, aText)
      .map(([customer, meter, price, lineItem, name, ids, point]) => ({
        customer_lookup: { ...customer, customer: { id: name, name } },
        meter_matching: { ...meter, matched_meters: ids.map((id) => ({ meter_id: id, meter: { name } })) },
        price_lookup: { ...price, matched_prices: ids.map((id) => ({ price_id: id })) },
        subscription_line_item_lookup: {
          ...lineItem,
          matched_line_items: ids.map((id) => ({ sub_line_item_id: id, is_active_for_event: false })),
        },
        failure_point: { failure_point_type: point, error: { message: name } },
      })),
  ),
  warnings: fc.array(fc.record({ code: aText, subject: aText, message: aText }), { maxLength: 2 }),
  decision: fc.record({
    status: fc.constantFrom('processed', 'failed'),
    failure_point_type: aText,
    decided_at: aTime,
    warnings: fc.constant([]),
  }),
  changed_since: fc.array(
    fc.record({ field: fc.constantFrom('failure_point_type', 'meter_ids'), from: someTexts, to: aText }),
    { maxLength: 2 },
  ),
  conflicts: fc.array(fc.record({ received_at: aTime, fields: fc.constant(['timestamp', 'properties']) }), {
    maxLength: 2,
  }),
});

test('the text of an event is never wider than the terminal', () => {
  fc.assert(
    fc.property(aLookup, aTerminal, (lookup, terminal) => {
      isWithin(explainEvent(lookup, terminal), terminal);
    }),
    { numRuns: 40 },
  );
});

test('the text of a list of events is never wider than the terminal', () => {
  fc.assert(
    fc.property(aText, aText, aText, aTime, properties, aTerminal, (id, name, customer, timestamp, held, terminal) => {
      const event = { id, event_name: name, external_customer_id: customer, timestamp, properties: held };
      const verdict = { status: name, failure_point_type: id, warnings: [{ code: customer }] };
      isWithin(judgedLine({ ...event, verdict }, terminal.columns), terminal);
      isWithin(judgedLine(event, terminal.columns), terminal);
      isWithin(eventTable([event, { ...event, verdict }], terminal), terminal);
    }),
    { numRuns: 50 },
  );
});

test('the text of keys is never wider than the terminal', () => {
  const aKey = fc.record({
    id: aText,
    name: aText,
    display_id: aText,
    roles: fc.subarray(['super_admin', 'event_ingestor', 'event_reader', 'catalog_reader']),
    status: fc.constant('published'),
    user_id: aText,
    expires_at: fc.option(aTime),
    created_at: aTime,
  });
  fc.assert(
    fc.property(fc.array(aKey, { maxLength: 3 }), aTerminal, (keys, terminal) => {
      isWithin(keyTable(keys, terminal), terminal);
    }),
    { numRuns: 30 },
  );
});

test('the text of charges is never wider than the terminal', () => {
  fc.assert(
    fc.property(aText, aText, aTerminal, (name, customer, terminal) => {
      const line = {
        display_name: name,
        quantity: `${'9'.repeat(25)}.${'9'.repeat(30)}`,
        amount: '9'.repeat(40),
        period_start: '2026-11-01T00:00:00Z',
        period_end: '2026-12-01T00:00:00Z',
        explanation: { steps: [{ kind: 'price', amount: '1', message: name }], restarted_after: { message: name } },
      };
      const preview = readPreview({
        subscription_id: 'subs_1',
        currency: 'usd',
        total: '1',
        due_date: '2026-12-02T00:00:00Z',
        period_start: '2026-11-01T00:00:00Z',
        period_end: '2026-12-01T00:00:00Z',
        customer: { external_id: customer },
        line_items: [line],
        in_flight: { queue: 0, dead_letter_queue: 1 },
        verified_through: null,
      });
      isWithin(chargesText(preview, terminal, true), terminal);
    }),
    { numRuns: 20 },
  );
});

test('the text of dead letters is never wider than the terminal', () => {
  fc.assert(
    fc.property(aText, aText, aTerminal, (id, text, terminal) => {
      const { batch } = aDeadLetter(1);
      const event = anAcceptedEvent({ id, name: text, properties: { [text]: id } });
      const hostile = batch && { ...batch, events: [event] };
      const letters = [
        aDeadLetter(1, { messageId: id, batch: hostile }),
        aDeadLetter(2, { messageId: id, text, batch: undefined }),
      ];
      isWithin(letterTable(letters.map(toLetterRow), terminal), terminal);
      for (const letter of letters) isWithin(letterText(letter, terminal), terminal);
    }),
    { numRuns: 20 },
  );
});

test('printed times are of equal width, and stand for the same instant', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date(253_402_300_799_999), noInvalidDate: true }), (date) => {
      const short = date.toISOString().replace(/\.?0*Z$/, 'Z');
      expect(timeText(date.toISOString())).toBe(date.toISOString());
      if (!Number.isNaN(Date.parse(short))) expect(timeText(short)).toBe(date.toISOString());
    }),
  );
});

test('failures by cause fit, but for the commands', () => {
  const aFailure = fc.record({
    cause: aText,
    event_name: aText,
    external_customer_id: aText,
    meter_id: aText,
    count: fc.integer({ min: 1, max: 1e9 }),
    first_timestamp: aTime,
    last_timestamp: aTime,
    sample_event_ids: fc.array(aText, { minLength: 1, maxLength: 2 }),
    similar_names: someTexts,
    message: aText,
    fix: fc.record({
      action: fc.constantFrom('create_customer', 'create_meter', 'publish_meter', 'add_line_item', 'x'),
    }),
  });
  fc.assert(
    fc.property(fc.array(aFailure, { maxLength: 3 }), fc.nat(), aTerminal, (failures, examined, terminal) => {
      isWithin(failuresText({ failures, examined }, terminal), terminal);
    }),
  );
});

import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  letterTable,
  letterText,
  toLetterBody,
  toLetterRow,
  toWholeLetterBody,
} from '../../../../cli/operator/dead-letter-text.ts';
import { readMessage } from '../../../../shared/queue/event-message.ts';
import { anAcceptedEvent, someInstant } from '../../../support/builders/builders.ts';
import { aDeadLetter, aMessageText } from '../../../support/drivers/dead-letters.ts';

const terminal = { columns: 80, isUnicode: true, isColored: true };
const batchId = '01K7KTMS8T0000000000000001';
const hostile = aDeadLetter(2, { text: `\u001b[2J{"\u009b31m\u202e"${'x'.repeat(500)}`, batch: undefined });
const withEvents = (...events: Parameters<typeof anAcceptedEvent>[0][]) => {
  const text = aMessageText(1, someInstant, events.map(anAcceptedEvent));
  return aDeadLetter(1, { text, batch: readMessage(text) });
};

describe('as JSON', () => {
  test('the JSON of a letter shows the owner and the age of its batch', () => {
    expect(toLetterBody(aDeadLetter(1))).toEqual({
      message_id: 'message-1',
      sent_at: '2025-10-15T11:38:47.962Z',
      receive_count: 9,
      bytes: 161,
      readable: true,
      batch_id: batchId,
      tenant_id: 'default',
      environment_id: 'default',
      received_at: '2025-10-15T11:38:47.962Z',
      event_count: 1,
    });
  });

  test('the JSON of an unreadable letter shows its beginning', () => {
    expect(toLetterBody(hostile)).toMatchObject({
      readable: false,
      bytes: 515,
      beginning: `\\u{1b}[2J{"\\u{9b}31m\\u{202e}"${'x'.repeat(48)}…`,
    });
    expect(toWholeLetterBody(hostile)).toMatchObject({ text: hostile.text });
  });

  test('the JSON of a letter has its events in the form in which they can be sent again', () => {
    const letter = withEvents(
      { id: 'e1', customerId: 'cust_1', source: 'sdk' },
      { id: 'e2', properties: null, timestamp: someInstant - 1 },
    );
    expect(toWholeLetterBody(letter)).toMatchObject({
      batch_id: batchId,
      event_count: 2,
      events: [
        {
          event_id: 'e1',
          event_name: 'llm.call',
          external_customer_id: 'acme',
          customer_id: 'cust_1',
          timestamp: '2025-10-15T11:38:47.962Z',
          source: 'sdk',
          properties: { tokens: 12 },
        },
        {
          event_id: 'e2',
          event_name: 'llm.call',
          external_customer_id: 'acme',
          timestamp: '2025-10-15T11:38:47.961Z',
        },
      ],
    });
  });
});

describe('as text', () => {
  test('letters are listed in a table', () => {
    const table = stripVTControlCharacters(letterTable([aDeadLetter(1), hostile].map(toLetterRow), terminal));
    for (const part of ['message-1', batchId, 'default', '2025-10-15T11:38:47.962Z', '0.2 KB', 'unreadable']) {
      expect(table).toContain(part);
    }
  });

  test('one letter is shown with its first events', () => {
    const events = Array.from({ length: 22 }, (_, index) => ({ id: `event-${String(index + 1)}\u009b` }));
    const text = stripVTControlCharacters(letterText(withEvents(...events), terminal));
    expect(text).toContain(`  batch      ${batchId}\n  tenant     default, environment default`);
    expect(text).toContain('event-20\\u{9b}');
    expect(text).not.toContain('event-21');
    expect(text).toContain('{"tokens":12}');
    expect(text).toContain('and 2 more (--json shows all)');
  });

  test('a letter cannot control the terminal', () => {
    const shown = stripVTControlCharacters(
      letterText(hostile, terminal) + letterTable([toLetterRow(hostile)], terminal),
    );
    expect(shown).toContain('unreadable: not a message of a version this program knows');
    for (const character of ['\u001b', '\u009b', '\u202e']) expect(shown).not.toContain(character);
  });
});

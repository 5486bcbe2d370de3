import { describe, expect, test } from '@jest/globals';
import { ConnectionFailure } from '../../../../cli/client/api-client.ts';
import { CliFailure, Refusal } from '../../../../cli/process/failure.ts';
import type { SendSummary } from '../../../../cli/client/send-events.ts';
import { summaryText, toSummaryBody } from '../../../../cli/print/send-text.ts';

const summary = (fields: Partial<SendSummary> = {}): SendSummary => ({
  accepted: 2,
  failures: [],
  settledLine: 2,
  derived: 0,
  derivedWithoutTimestamp: 0,
  unknownFields: new Map(),
  ...fields,
});
const textOf = (fields: Partial<SendSummary> = {}, isInterrupted = false) =>
  summaryText(summary(fields), 2, isInterrupted);

describe('the result of sending', () => {
  test('a complete success is reported in one line', () => {
    expect(textOf()).toBe('2 accepted, 0 refused in 2.0 s (1/s)');
    expect(textOf({ accepted: 0 })).toContain('The input contained no events.');
  });

  test('the text names refused lines, and how many ids were derived', () => {
    const failures = Array.from({ length: 22 }, (_, index) => ({ line: index + 1, rule: 'not a JSON object\u001b' }));
    const text = textOf({ failures, derived: 5, derivedWithoutTimestamp: 3 });
    expect(text).toContain('\n  line 20: not a JSON object\\u{1b}\n  and 2 more (--json lists all)\n');
    expect(text).toContain('\nLines without an event_id: 5. Each got one derived');
    expect(text).toContain('\nOf these, without a timestamp: 3.');
  });

  test('the text names unknown fields, the most frequent first, with the nearest known name', () => {
    const others = Array.from({ length: 11 }, (_, index) => [`zzz${String(index)}`, 1] as const);
    const unknownFields = new Map([['Source\u001b', 1], ['propertes', 2], ...others]);
    const text = textOf({ unknownFields });
    expect(text).toContain('\n2 events carry propertes, which is not known; did you mean properties?\n');
    expect(text).toContain('\n1 event carries Source\\u{1b}, which is not known; did you mean source?\n');
    expect(text).toMatch(/1 event carries zzz7, which is not known\nand 3 more such fields$/);
    expect(toSummaryBody(summary({ unknownFields: new Map([['propertes', 2]]) }), 2)).toMatchObject({
      unknown_fields: { propertes: 2 },
    });
  });

  test('the text advises to run it again only if that can help', () => {
    const absent = new ConnectionFailure('http://x', new Error('ECONNRESET'));
    expect(textOf({ stoppedBy: absent })).toMatch(
      /Run it again to continue: event ids make that safe. --start-line 3 saves time.$/,
    );
    expect(textOf({}, true)).toContain('Run it again');
    const refusal = new Refusal('Unauthorized (unauthorized)', 'unauthorized');
    expect(textOf({ stoppedBy: refusal })).toMatch(
      /All lines up to 2 are done. Once the problem is fixed, continue with --start-line 3.$/,
    );
    expect(textOf({ stoppedBy: refusal, settledLine: 0 })).toMatch(/Unauthorized \(unauthorized\)$/);
    expect(textOf({ stoppedBy: new CliFailure('The input is not UTF-8.') })).not.toContain('again');
  });

  test('the JSON is one object', () => {
    expect(toSummaryBody(summary({ derived: 2, derivedWithoutTimestamp: 1 }), 2)).toEqual({
      accepted: 2,
      refused: 0,
      seconds: 2,
      settled_line: 2,
      derived_ids: 2,
      derived_ids_without_timestamp: 1,
      unknown_fields: {},
      failures: [],
    });
  });
});

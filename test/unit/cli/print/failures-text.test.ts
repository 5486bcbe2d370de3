import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { curlCommand, failuresText } from '../../../../cli/print/failures-text.ts';

const terminal = { columns: 80, isUnicode: true, isColored: false };
const aFailure = {
  cause: 'no_customer',
  event_name: 'call',
  external_customer_id: 'Acme',
  count: 2,
  first_timestamp: '2026-11-05T00:00:00Z',
  last_timestamp: '2026-11-06T00:00:00Z',
  sample_event_ids: ['e2', 'e1'],
  similar_names: ['acme'],
  message: 'no customer has this external id: did you mean acme?',
};

describe('a command for a fix', () => {
  test.each([
    ['a quote and a dollar', `it's $HOME \`id\` "x" \\ !`],
    ['lines and control characters', 'a\nb\r\u001b[31m\u009b\u202e\u2028'],
    ['other alphabets', 'データ 👍'],
  ])('sends what it should, whatever is in it: %s', (_, name) => {
    const command = curlCommand({ method: 'POST', path: '/v1/customers', body: { external_id: name, name } });
    expect(command).not.toMatch(/[^\P{Cc}\n]|[\u2028\u202e]/u);
    // Instead of curl: prints its arguments, each ended by a NUL.
    const script = `curl() { printf '%s\\0' "$@"; }\n${command.replace(/^ {2}\$ /, '')}`;
    const env = { TOLLGATE_URL: 'http://host', TOLLGATE_API_KEY: 'sk_1' };
    const args = execFileSync('/bin/sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(args.slice(0, -1)).toEqual(['-X', 'POST', 'http://host/v1/customers', '-H', 'x-api-key: sk_1', '-d']);
    expect(JSON.parse(args.at(-1) ?? '')).toEqual({ external_id: name, name });
  });
});

describe('failures', () => {
  test('are shown with their number, cause, times, and what would bill them', () => {
    const request = { method: 'POST', path: '/v1/customers', body: { external_id: 'Acme' } };
    const text = failuresText(
      {
        failures: [
          { ...aFailure, fix: { action: 'create_customer', request } },
          { ...aFailure, cause: 'no_meter', event_name: 'Call', count: 1, fix: { action: 'create_meter' } },
        ],
        examined: 12,
      },
      terminal,
    );
    expect(text).toMatch(/│ {6}2 │ call of Acme: no customer has this external id: did you mean acme\?/);
    expect(text).toContain('2026-11-05T00:00:00.000Z to 2026-11-06T00:00:00.000Z');
    expect(text).toContain('12 events were examined.');
    expect(text).toContain('call of Acme, 2 events: create the customer Acme\n  $ curl -X POST');
    expect(text).toContain('1 event: create a meter for the event name Call');
  });

  test('say so when there are none', () => {
    expect(failuresText({ failures: [], examined: 3 }, terminal)).toBe(
      'All events are billed. 3 events were examined.',
    );
  });
});

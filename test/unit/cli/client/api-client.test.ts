import { describe, expect, test } from '@jest/globals';
import { backoffMs, problemOf, problemText } from '../../../../cli/client/api-client.ts';

const reply = (status: number, body: unknown) => ({ status, body, retryAfterSeconds: undefined });

describe('problems of the API', () => {
  test('a problem is reported with its details, each once', () => {
    const body = {
      code: 'validation_error',
      message: 'Request validation failed: name: required; and 3 more',
      http_status_code: 400,
      details: { name: 'required', more: 3 },
    };
    expect(problemText(problemOf(reply(400, body)))).toBe(
      'Request validation failed (validation_error)\n  name: required\n  more: 3',
    );
  });

  test('an answer in another shape is named by its status', () => {
    expect(problemText(problemOf(reply(502, undefined)))).toBe('The answer has status 502 (http_502)');
  });
});

describe('back-off', () => {
  test('the back-off doubles up to 8 seconds, and is never shorter than the server asks', () => {
    for (const [attempt, longest] of [
      [1, 250],
      [3, 1_000],
      [6, 8_000],
      [40, 8_000],
    ] as const) {
      const wait = backoffMs(attempt);
      expect(wait).toBeGreaterThanOrEqual(longest / 2);
      expect(wait).toBeLessThanOrEqual(longest);
    }
    expect(backoffMs(1, 30)).toBe(30_000);
  });
});

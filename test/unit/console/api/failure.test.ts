import { describe, expect, test } from '@jest/globals';
import { ApiFailure, fieldRules, foldProgress, isRetried, retryDelayMs } from '../../../../console/src/api/failure.ts';

const folding = new ApiFailure({
  kind: 'answer',
  message: 'busy',
  status: 503,
  code: 'service_unavailable',
  details: { folded_days: 12, of_days: 31 },
  retryAfterSeconds: 1,
});
const answer = (status: number, code = ''): ApiFailure =>
  new ApiFailure({ kind: 'answer', message: 'no', status, code, details: { name: 'required', more: 2 } });

describe('failures', () => {
  test('a computation that makes progress is asked again until it is done', () => {
    expect(foldProgress(folding)).toEqual({ folded: 12, of: 31 });
    expect(isRetried(100, folding)).toBe(true);
    expect(retryDelayMs(100, folding)).toBe(1000);
  });

  test('what may pass is tried three times, a refusal once', () => {
    const network = new ApiFailure({ kind: 'network', message: 'gone' });
    expect([0, 1, 2].map((count) => isRetried(count, network))).toEqual([true, true, false]);
    expect(isRetried(0, answer(429))).toBe(true);
    expect(isRetried(0, answer(500))).toBe(true);
    for (const status of [400, 401, 403, 404, 409, 501]) expect(isRetried(0, answer(status))).toBe(false);
  });

  test('a validation error has a rule per field', () => {
    expect(fieldRules(answer(400, 'validation_error'))).toEqual({ name: 'required' });
    expect(fieldRules(answer(404, 'not_found'))).toEqual({});
  });
});

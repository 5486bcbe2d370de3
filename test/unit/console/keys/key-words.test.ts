// Words about keys, and the body that creates one.
import { describe, expect, test } from '@jest/globals';
import { expiryState, newKeyBody, readerKeyCommand, whatStops } from '../../../../console/src/pages/keys/key-words.ts';

const now = Date.UTC(2026, 11, 1);
const fields = { name: 'n', roles: ['event_reader'], days: '', perSecond: '', burst: '' } as const;

describe('keys', () => {
  test('a revocation names what stops', () => {
    expect(whatStops(['event_ingestor'])).toBe('sending events');
    expect(whatStops(['super_admin'])).toBe(
      'sending events; reading events, usage and charges; and changing the catalog and keys',
    );
    expect(whatStops([])).toBe('every call');
  });

  test.each([
    [null, 'never'],
    ['2026-12-01T00:00:00Z', 'expired'],
    ['2026-12-07T23:59:59Z', 'soon'],
    ['2026-12-08T00:00:00Z', 'later'],
  ])('a key that expires at %s: %s', (at, state) => {
    expect(expiryState(at, now)).toBe(state);
  });

  test('the command for a key of the console has a date in the future', () => {
    expect(readerKeyCommand(now)).toContain('--role event_reader --expires-at 2026-12-31T00:00:00Z');
  });

  test('the body has only what is filled in, and what is no number as it is', () => {
    expect(newKeyBody(fields, now)).toEqual({ name: 'n', type: 'private_key', roles: ['event_reader'] });
    expect(newKeyBody({ ...fields, days: '7', perSecond: '10', burst: 'x' }, now)).toMatchObject({
      expires_at: '2026-12-08T00:00:00.000Z',
      rate_limit: { per_second: 10, burst: 'x' },
    });
  });
});

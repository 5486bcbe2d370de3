import { describe, expect, test } from '@jest/globals';
import { type ApiReply, ConnectionFailure } from '../../../../cli/client/api-client.ts';
import { createRetryingCall } from '../../../../cli/client/repeat-usage-query.ts';

const reply = (status: number, details: object = {}, retryAfterSeconds?: number): ApiReply => ({
  status,
  body: { code: `code_${String(status)}`, message: 'No', details },
  retryAfterSeconds,
});
const folding = (folded: number, ofDays: number, retryAfterSeconds = 1): ApiReply =>
  reply(503, { folded_days: folded, of_days: ofDays }, retryAfterSeconds);
const withCode = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) });
const done: ApiReply = { status: 200, body: { value: 7 }, retryAfterSeconds: undefined };

/** A clock that only waiting moves, and each request by 15 s. */
const run = async (replies: readonly (ApiReply | Error)[], patienceMs = 900_000) => {
  let clock = 0;
  let asked = 0;
  const seen: string[] = [];
  const waits: number[] = [];
  const call = createRetryingCall({
    send: (method, path, body) => {
      expect([method, path, body]).toEqual(['POST', 'v1/x', '{"a":1}']);
      clock += 15_000;
      const next = replies[Math.min(asked, replies.length - 1)] ?? done;
      asked += 1;
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    patienceMs,
    onFolded: (folded, ofDays) => seen.push(`${String(folded)}/${String(ofDays)}`),
    now: () => clock,
    delay: (ms) => {
      waits.push(ms);
      clock += ms;
      return Promise.resolve();
    },
  });
  const outcome: unknown = await call('v1/x', { a: 1 }).catch((error: unknown) =>
    error instanceof Error ? error.message : error,
  );
  return { outcome, asked, seen, waits, clock };
};

describe('a retrying call', () => {
  test('the call repeats until everything is folded, as soon as it may', async () => {
    const result = await run([folding(2, 31), folding(12, 31, 3), folding(12, 31, 0), done]);
    expect(result).toMatchObject({
      outcome: { value: 7 },
      seen: ['2/31', '12/31', '12/31'],
      waits: [1_000, 3_000, 100],
    });
  });

  test('the call reports its progress when its time is up', async () => {
    const { outcome, asked, clock } = await run([folding(2, 31), folding(12, 31)], 60_000);
    expect(outcome).toBe(
      'Folding was not finished after 60 s: folded 12 of 31 days. What was folded is kept: run it again to continue, or pass a longer --retry-for.',
    );
    expect([asked, clock]).toEqual([4, 63_000]);
  });

  test('the call does not wait beyond its time', async () => {
    const { asked, waits } = await run([folding(2, 31, 86_400)]);
    expect([asked, waits]).toEqual([1, []]);
  });

  test('a busy deployment is asked four times, and four more times after each progress', async () => {
    const busy = reply(429);
    expect(await run([busy])).toMatchObject({ outcome: 'No (code_429)', asked: 4 });
    expect(await run([busy, busy, busy, folding(1, 2), busy, busy, busy, done])).toMatchObject({
      outcome: { value: 7 },
      asked: 8,
    });
    expect(await run([reply(503)])).toMatchObject({ outcome: 'No (code_503)', asked: 4, seen: [] });
  });

  test('a refusal is final', async () => {
    expect(await run([reply(400)])).toMatchObject({ outcome: 'No (code_400)', asked: 1 });
  });

  test('a broken connection is retried; a refused one only if there was an answer before', async () => {
    const broken = new ConnectionFailure('http://x/', withCode('EWHATEVER'));
    expect(await run([broken, done])).toMatchObject({ outcome: { value: 7 }, asked: 2 });
    expect(await run([broken])).toMatchObject({ outcome: broken.message, asked: 4 });
    const absent = new ConnectionFailure('http://x/', withCode('ECONNREFUSED'));
    expect(await run([absent, done])).toMatchObject({ outcome: absent.message, asked: 1 });
    expect(await run([folding(1, 2), absent, done])).toMatchObject({ outcome: { value: 7 }, asked: 3 });
    expect(await run([folding(1, 2), absent])).toMatchObject({ outcome: absent.message, asked: 5 });
  });
});

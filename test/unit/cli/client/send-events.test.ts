import { describe, expect, test } from '@jest/globals';
import { type ApiReply, ConnectionFailure } from '../../../../cli/client/api-client.ts';
import type { EventLine } from '../../../../cli/input/event-lines.ts';
import { type SendDeps, sendEvents } from '../../../../cli/client/send-events.ts';

const line = (number: number, json = `"${String(number)}"`): EventLine => ({ kind: 'event', line: number, json });
async function* batchesOf(...batches: readonly (readonly EventLine[])[]) {
  await Promise.resolve();
  yield* batches;
}
const accepted: ApiReply = { status: 202, body: {}, retryAfterSeconds: undefined };
const problem = (status: number, code: string, details: Readonly<Record<string, unknown>> = {}): ApiReply => ({
  status,
  body: { code, message: `${code}!`, http_status_code: status, details },
  retryAfterSeconds: undefined,
});
const eventsIn = (body: string): readonly string[] => body.match(/"(\d+)"/g)?.map((text) => text.slice(1, -1)) ?? [];

const run = async (batches: AsyncGenerator<readonly EventLine[], void>, post: SendDeps['post'], parallel = 1) => {
  const waits: string[] = [];
  const summary = await sendEvents(batches, {
    post,
    parallel,
    patienceMs: 10_000,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onWait: (reason) => waits.push(reason),
  });
  return { ...summary, waits };
};

describe('send events', () => {
  test('a refused line is reported with its rules, and the rest of its batch is sent without it', async () => {
    const bodies: (readonly string[])[] = [];
    const result = await run(
      batchesOf([line(1), line(2), line(3)], [{ kind: 'invalid', line: 4, rule: 'bad' }]),
      (body) => {
        bodies.push(eventsIn(body));
        return Promise.resolve(
          bodies.length === 1
            ? problem(400, 'validation_error', {
                'events[1].event_name': 'required',
                'events[1].timestamp': 'RFC 3339',
              })
            : accepted,
        );
      },
    );
    expect(bodies).toEqual([
      ['1', '2', '3'],
      ['1', '3'],
    ]);
    expect(result).toMatchObject({
      accepted: 2,
      settledLine: 4,
      failures: [
        { line: 2, rule: 'event_name: required; timestamp: RFC 3339' },
        { line: 4, rule: 'bad' },
      ],
    });
  });

  test('unknown fields are counted over the accepted lines', async () => {
    const carrying = (number: number, ...unknownFields: readonly string[]) => ({ ...line(number), unknownFields });
    const refusal = problem(400, 'validation_error', { 'events[0].event_name': 'required' });
    const answers = [refusal, accepted];
    const { unknownFields } = await run(
      batchesOf([
        carrying(1, 'propertes', 'lost'),
        carrying(2, 'propertes'),
        carrying(3, 'propertes', 'Source'),
        line(4),
      ]),
      () => Promise.resolve(answers.shift() ?? accepted),
    );
    expect(unknownFields).toEqual(
      new Map([
        ['propertes', 2],
        ['Source', 1],
      ]),
    );
  });

  test('a batch refused as a whole is halved until the cause is alone', async () => {
    const result = await run(batchesOf([line(1), line(2), line(3)]), (body) =>
      Promise.resolve(eventsIn(body).includes('2') ? problem(400, 'validation_error') : accepted),
    );
    expect(result).toMatchObject({ accepted: 2, failures: [{ line: 2, rule: 'validation_error!' }] });
  });

  test('send waits for a busy or unreachable deployment, and then sends the same body', async () => {
    const bodies: string[] = [];
    const result = await run(batchesOf([line(1)]), (body) => {
      bodies.push(body);
      if (bodies.length === 1) return Promise.resolve(problem(503, 'service_unavailable'));
      if (bodies.length === 2)
        return Promise.reject(new ConnectionFailure('http://x', Object.assign(new Error(), { code: 'ECONNRESET' })));
      return Promise.resolve(accepted);
    });
    expect(bodies).toEqual(Array.from({ length: 3 }, () => '{"events":["1"]}'));
    expect(result).toMatchObject({ accepted: 1, failures: [], settledLine: 1 });
    expect(result.waits).toHaveLength(2);
  });

  test('send waits after a broken connection even at the first request, and after that also for an unreachable deployment', async () => {
    const reasons = ['ECONNRESET', 'ECONNREFUSED'];
    const result = await run(batchesOf([line(1)]), () => {
      const reason = reasons.shift();
      return reason === undefined
        ? Promise.resolve(accepted)
        : Promise.reject(new ConnectionFailure('http://x', Object.assign(new Error(), { code: reason })));
    });
    expect(result).toMatchObject({ accepted: 1, failures: [] });
  });

  test('a deployment that never answered is a failure at once', async () => {
    const result = await run(batchesOf([line(1)], [line(2)]), () =>
      Promise.reject(new ConnectionFailure('http://x', Object.assign(new Error(), { code: 'ECONNREFUSED' }))),
    );
    expect(result).toMatchObject({ accepted: 0, settledLine: 0, waits: [] });
    expect(result.stoppedBy?.message).toContain('ECONNREFUSED');
  });

  test('a refused key stops everything, and the summary says from which line to continue', async () => {
    let requests = 0;
    const result = await run(batchesOf([line(1), line(2)], [line(3)], [line(4)]), () => {
      requests += 1;
      return Promise.resolve(requests === 1 ? accepted : problem(401, 'unauthorized'));
    });
    expect(requests).toBe(2);
    expect(result).toMatchObject({ accepted: 2, settledLine: 2 });
    expect(result.stoppedBy?.message).toBe('unauthorized! (unauthorized)');
  });

  test('the settled line is that of the last batch before any gap', async () => {
    const { promise: firstHeld, resolve: releaseFirst } = Promise.withResolvers<undefined>();
    const result = await run(
      batchesOf([line(1)], [line(2)], [line(3)]),
      async (body) => {
        if (body.includes('"1"')) await firstHeld;
        if (body.includes('"3"')) {
          releaseFirst(undefined);
          return problem(401, 'unauthorized');
        }
        return accepted;
      },
      2,
    );
    expect(result).toMatchObject({ accepted: 2, settledLine: 2 });
  });
});

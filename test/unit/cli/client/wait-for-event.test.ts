import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../../cli/process/failure.ts';
import { waitForEvent } from '../../../../cli/client/wait-for-event.ts';

const unknown = new Refusal('Event not found (not_found)', 'not_found');

const waiting = async (timeoutMs: number, answers: readonly unknown[]) => {
  const delays: number[] = [];
  let [time, asked] = [0, 0];
  const waited = await waitForEvent({
    get: () => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    timeoutMs,
    now: () => time,
    delay: (ms) => {
      delays.push(ms);
      time += ms;
      return Promise.resolve();
    },
  });
  return { waited, delays, asked };
};

describe('waiting for an event', () => {
  test('polling continues while the event is unknown or being processed, and slows down', async () => {
    const answer = { status: 'failed' };
    const { waited, delays } = await waiting(30_000, [unknown, unknown, { status: 'processing' }, answer]);
    expect(waited).toEqual({ kind: 'stored', answer });
    expect(delays).toEqual([100, 150, 225]);
  });

  test('polling ends in time, with the last known state', async () => {
    const { waited, delays } = await waiting(5_000, [{ status: 'processing' }]);
    expect(waited).toEqual({ kind: 'processing', answer: { status: 'processing' } });
    expect(delays.reduce((sum, ms) => sum + ms)).toBe(5_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(2_000);
    expect((await waiting(1_000, [unknown])).waited).toEqual({ kind: 'unknown', refusal: unknown });
  });

  test('without a timeout it asks once', async () => {
    expect(await waiting(0, [unknown])).toMatchObject({ asked: 1, delays: [] });
  });

  test('any other refusal ends the waiting', async () => {
    await expect(waiting(1_000, [new Refusal('no (unauthorized)', 'unauthorized')])).rejects.toThrow('unauthorized');
    await expect(waiting(1_000, [new Refusal('The answer has status 404', 'http_404')])).rejects.toThrow('404');
  });
});

import { expect, test } from '@jest/globals';
import { repeatUntilDone, retryOnConflict } from '../../../../shared/store/table/retry.ts';

const record = () => {
  const waits: number[] = [];
  const wait = (delayMs: number): Promise<void> => {
    waits.push(delayMs);
    return Promise.resolve();
  };
  return { waits, wait };
};

test('a lost race is retried, with numbered attempts, until there is an answer', async () => {
  const { waits, wait } = record();
  const numbers: number[] = [];
  const attempt = (number: number) => {
    numbers.push(number);
    return Promise.resolve(number === 3 ? 'won' : undefined);
  };
  expect(await retryOnConflict(attempt, wait)).toBe('won');
  expect(numbers).toEqual([1, 2, 3]);
  expect(waits).toHaveLength(2);
});

test('ten lost races are a transient error', async () => {
  const { waits, wait } = record();
  await expect(retryOnConflict(() => Promise.resolve(undefined), wait)).rejects.toMatchObject({ kind: 'transient' });
  expect(waits).toHaveLength(9);
  for (const [index, delayMs] of waits.entries()) expect(delayMs).toBeLessThanOrEqual(20 * (index + 1));
});

test('an error of an attempt ends the retries', async () => {
  const { waits, wait } = record();
  const failed = retryOnConflict(() => Promise.reject(new RangeError('broken')), wait);
  await expect(failed).rejects.toBeInstanceOf(RangeError);
  expect(waits).toEqual([]);
});

test('a batch is repeated with what is pending, and progress starts the waits again', async () => {
  const { waits, wait } = record();
  const lefts = [['b', 'c'], ['b', 'c'], ['b', 'c'], ['c'], []].values();
  const sent: string[][] = [];
  const attempt = (pending: readonly string[]) => {
    sent.push([...pending]);
    return Promise.resolve(lefts.next().value ?? []);
  };
  expect(await repeatUntilDone(['a', 'b', 'c'], attempt, wait)).toEqual([]);
  expect(sent).toEqual([['a', 'b', 'c'], ['b', 'c'], ['b', 'c'], ['b', 'c'], ['c']]);
  const bounds = [50, 100, 200, 50];
  expect(waits).toHaveLength(bounds.length);
  for (const [index, bound] of bounds.entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(bound / 2);
    expect(waits[index]).toBeLessThanOrEqual(bound);
  }
});

test('a batch without progress is given up after six attempts, and says what is left', async () => {
  const { waits, wait } = record();
  expect(await repeatUntilDone(['a'], (pending) => Promise.resolve(pending), wait)).toEqual(['a']);
  expect(waits).toHaveLength(5);
});

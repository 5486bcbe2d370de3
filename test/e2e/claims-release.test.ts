// Runs tollgate claims release as a process, on an emulated stack.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { encodeTime } from 'ulid';
import { msPerDay } from '../../shared/domain/time/instant.ts';
import { createClaimStore } from '../../shared/store/events/claims.ts';
import { anAcceptedEvent, aScope } from '../support/builders/builders.ts';
import { type OperatedStack, startOperatedStack } from '../support/drivers/operated-stack.ts';
import { runTollgate } from '../support/drivers/running-tollgate.ts';

jest.setTimeout(120_000);

let stack: OperatedStack;
beforeAll(async () => {
  stack = await startOperatedStack();
});
afterAll(() => stack.stop());

const run = (commandLine: string) => runTollgate(commandLine.split(' '), '', stack.environment);
const onLive = (commandLine: string) => run(`${commandLine} --stack live`);

const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));

test('tollgate claims release releases ids of permanently lost events, and no others', async () => {
  const claims = createClaimStore(stack.table);
  const claim = (id: string, ageMs: number) =>
    claims.claim([
      {
        scope: aScope,
        accepted: anAcceptedEvent({ id }),
        owner: { batchId: `${encodeTime(Date.now() - ageMs, 10)}0000000000000001`, index: 0 },
        expiresAt: undefined,
      },
    ]);
  await claim('lost', 31.5 * msPerDay);
  await claim('young', 12.34 * msPerDay);

  // The clock of AWS counts, not that of this machine.
  const early = await run('claims release lost --stack earlier --json');
  expect(jsonLines(early.stdout)).toMatchObject([{ event_id: 'lost', released: false, code: 'too_young' }]);
  const { exitCode, stdout } = await onLive('claims release lost young unknown --json');
  expect(exitCode).toBe(1);
  expect(jsonLines(stdout)).toMatchObject([
    { event_id: 'lost', released: true },
    { event_id: 'young', released: false, code: 'too_young', reason: expect.stringContaining('arrived 12.3 days ago') },
    { event_id: 'unknown', released: false, code: 'no_claim' },
  ]);
  expect(await claims.read(aScope, 'lost')).toBeUndefined();
  expect(await claims.read(aScope, 'young')).toBeDefined();
  await claim('lost', 40 * msPerDay);
  const again = await onLive('claims release lost');
  expect(again).toMatchObject({ exitCode: 0, stderr: '' });
  expect(again.stdout).toMatch(/^lost: released from batch \w{26}\. Send it again to have it counted\.\n$/);
});

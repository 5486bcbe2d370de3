// Tests `tollgate keys` when an answer is lost: nothing is created twice, and the user is told what to check.
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { addKeysCommands } from '../../../../cli/commands/keys.ts';
import { type FlakyServer, startFlakyServer, type Turn } from '../../../support/drivers/flaky-server.ts';

let server: FlakyServer | undefined;
beforeEach(() => {
  mock.method(console, 'log', () => undefined);
});
afterEach(async () => {
  mock.restoreAll();
  await server?.close();
  server = undefined;
});

/** How the command ends, and what it asked for. */
const run = async (args: readonly string[], turns: readonly Turn[]) => {
  server = await startFlakyServer(turns);
  const program = new Command();
  addKeysCommands(program);
  const argv = ['keys', ...args, '--url', server.url, '--api-key', 'sk_1', '--json'];
  const told = await program.parseAsync(argv, { from: 'user' }).then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
  return { told, seen: server.seen };
};

const problem = (status: number, code: string): Turn => ({ status, body: { code, message: 'No' } });
const lost: readonly Turn[] = ['broken off', problem(503, 'service_unavailable'), { status: 504 }];

describe('tollgate keys create', () => {
  test.each(lost)('keys create creates no second key after %j, and says how to find the first', async (turn) => {
    const { told, seen } = await run(['create', 'a'], [turn, { status: 201, body: {} }]);
    expect(seen).toEqual(['POST /v1/secrets/api/keys']);
    expect(told).toMatch(/may have been created anyway.*"tollgate keys list"/);
  });

  test('keys create retries if the deployment was too busy to begin', async () => {
    const { told, seen } = await run(['create', 'a'], [problem(429, 'too_many_requests'), { status: 201, body: {} }]);
    expect([told, seen.length]).toEqual(['done', 2]);
  });

  test('a refused keys create created nothing', async () => {
    const { told, seen } = await run(['create', 'a'], [problem(403, 'permission_denied')]);
    expect([told, seen.length]).toEqual(['No (permission_denied)', 1]);
  });
});

describe('tollgate keys revoke', () => {
  test.each(lost)('keys revoke is retried after %j, because revoking twice changes nothing', async (turn) => {
    const { told, seen } = await run(['revoke', 'secret_1'], [turn, { status: 204 }]);
    expect([told, seen.length]).toEqual(['done', 2]);
  });

  test('keys revoke says that its own key may have been revoked if it is refused afterwards', async () => {
    const refused = problem(401, 'unauthorized');
    const { told } = await run(['revoke', 'secret_1'], ['broken off', refused]);
    expect(told).toMatch(/^No \(unauthorized\)\n.*if secret_1 is the key in use/);
    await server?.close();
    expect((await run(['revoke', 'secret_1'], [refused])).told).toBe('No (unauthorized)');
  });
});

test('keys list is retried until it is answered', async () => {
  const empty = { status: 200, body: { items: [], pagination: { total: 0 } } };
  const { told, seen } = await run(['list'], ['broken off', problem(503, 'service_unavailable'), empty]);
  expect([told, seen.length]).toEqual(['done', 3]);
});

// Runs commands as they are typed, against a server with the answers of each test.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { shadowedEventIds } from '../../../shared/api/http/routes.ts';
import { createProgram } from '../../../cli/program.ts';
import { type FlakyServer, startFlakyServer, type Turn } from '../../support/drivers/flaky-server.ts';
import { aUsageAnswer } from '../../support/builders/usage-answers.ts';

let server: FlakyServer | undefined;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollgate-'));
});
afterEach(async () => {
  mock.restoreAll();
  await server?.close();
  await rm(folder, { recursive: true });
});

/** Runs a command and returns what it prints on stdout and stderr. */
const run = async (args: readonly string[], turn: Turn) => {
  server = await startFlakyServer([turn]);
  const printed = mock.method(console, 'log', () => undefined);
  const said = mock.method(console, 'error', () => undefined);
  await createProgram().parseAsync([...args, '--url', server.url, '--api-key', 'sk_1'], { from: 'user' });
  const textOf = ({ calls }: typeof printed.mock): string => calls.map((one) => one.arguments.join(' ')).join('\n');
  return { printed: textOf(printed.mock), said: textOf(said.mock).replaceAll('\n', ' '), seen: server.seen };
};

test('usage says that rows were left out, also with --json', async () => {
  const answer = { ...aUsageAnswer({ results: [{ window_size: '2026-11-01T00:00:00Z', value: 1 }] }), has_more: true };
  const usage = ['usage', '--event', 'a', '--window', 'DAY'];
  expect((await run(usage, { status: 200, body: answer })).printed).toContain(
    'Only the first 1 rows fit into the answer;',
  );
  await server?.close();
  mock.restoreAll();
  const asJson = await run([...usage, '--json'], { status: 200, body: answer });
  expect(JSON.parse(asJson.printed)).toEqual(answer);
  expect(asJson.said).toContain('Only the first 1 rows fit into the answer;');
});

test('send continues after skipped lines, whatever they contain', async () => {
  const file = join(folder, 'usage.ndjson');
  await writeFile(file, 'event_name,external_customer_id\n{"event_name":"a","external_customer_id":"acme"}\n');
  const { seen, said } = await run(['send', file, '--start-line', '2'], { status: 202, body: {} });
  expect(seen).toEqual(['POST /v1/events/bulk']);
  expect(said).toMatch(/^1 accepted, 0 refused/);
});

test.each(shadowedEventIds)('events get finds an event whose id is the path of another operation: %s', async (id) => {
  const { seen } = await run(['events', 'get', id, '--json'], { status: 200, body: { status: 'processed' } });
  expect(seen).toEqual([`GET /v1/events/lookup?id=${encodeURIComponent(id)}`]);
});

// tollgate events tail, as a user runs it: it shows what comes, late events too, with its verdict, until Ctrl-C.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type RunningTollgate, startTollgate } from '../support/drivers/running-tollgate.ts';

// Processes start slowly on a busy machine.
jest.setTimeout(600_000);

let system: RunningTollgate;
beforeAll(async () => {
  system = await startTollgate(['--port', '0', '--no-demo']);
});
afterAll(() => system.end('SIGTERM'));

const program = join(import.meta.dirname, '..', '..', 'bin', 'tollgate.ts');

const send = async (eventId: string, timestamp: string): Promise<void> => {
  const body = { event_id: eventId, event_name: 'call', external_customer_id: 'acme', timestamp };
  const headers = { 'x-api-key': system.apiKey };
  const answer = await fetch(`${system.url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(202);
};

const until = async (isSo: () => boolean): Promise<void> => {
  for (let waited = 0; !isSo() && waited < 120_000; waited += 100) await delay(100);
};

test('new events are shown once, in the order in which they are stored, with their verdict', async () => {
  const child = spawn(process.execPath, [program, 'events', 'tail', ...system.connection], {
    env: { COLUMNS: '120' },
  });
  const closed = once(child, 'close');
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  // What is sent before the first look is not new: the probe is repeated until one is shown.
  for (let probe = 0; !stdout.includes('probe-'); probe += 1) {
    await send(`probe-${String(probe)}`, new Date().toISOString());
    await delay(1_000);
  }
  await send('late-1', '2026-01-05T00:00:00Z');
  await until(() => stdout.includes('late-1'));
  await send('last-1', new Date().toISOString());
  await until(() => stdout.includes('last-1'));
  child.kill('SIGINT');
  await closed;
  expect(child.signalCode ?? child.exitCode).toBe('SIGINT');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.slice(-2)).toEqual([
    '2026-01-05T00:00:00.000Z  no customer      call  acme  late-1',
    expect.stringMatching(/Z {2}no customer {6}call {2}acme {2}last-1$/),
  ]);
  expect(new Set(lines).size).toBe(lines.length);
  expect(stderr).toBe('');
});

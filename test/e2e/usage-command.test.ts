// Runs tollgate usage as a process: on the local system, and on a deployment that needs several requests to fold a range.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { portOf } from '../../lib/local/http/listening.ts';
import { aUsageAnswer } from '../support/builders/usage-answers.ts';
import { type RunningTollgate, runTollgate, startTollgate } from '../support/drivers/running-tollgate.ts';

// Processes start slowly on a busy machine.
jest.setTimeout(120_000);

const plain = { HOME: '/', LANG: 'C.UTF-8' };
const jsonLines = (output: string): unknown[] =>
  output
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));

describe('on the local system', () => {
  let system: RunningTollgate;
  const usage = (...commandLine: readonly string[]) =>
    runTollgate(['usage', ...system.connection, ...commandLine], '', plain);
  const day = '2026-11-01';
  const events = [
    { event_id: 'u1', properties: { gb: 1.5, host: 'web-1' } },
    { event_id: 'u2', properties: { gb: '2.5', host: 'データ🚀' } },
    { event_id: 'u3', properties: { gb: 'many', host: 'web-1' } },
  ].map((event, hour) => ({
    ...event,
    event_name: 'vm',
    external_customer_id: 'acme',
    timestamp: `${day}T0${String(hour)}:30:00Z`,
  }));
  const ofVm = ['--event', 'vm', '--property', 'gb', '--from', day, '--to', '2026-11-02'];

  beforeAll(async () => {
    system = await startTollgate(['--port', '0', '--no-demo']);
    const lines = events.map((event) => JSON.stringify(event)).join('\n');
    expect(await runTollgate(['send', ...system.connection], lines)).toMatchObject({ exitCode: 0 });
    for (let count = 0; count < events.length;) {
      const { stdout } = await usage(...ofVm, '--aggregation', 'sum', '--explain', '--json');
      count = jsonLines(stdout).length;
    }
  });
  afterAll(async () => {
    await system.end('SIGTERM');
  });

  test('usage shows the value, its windows, and what it consists of', async () => {
    const { exitCode, stdout, stderr } = await usage(...ofVm, '--aggregation', 'sum', '--window', 'hour');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('SUM of gb in vm for everybody from 2026-11-01T00:00:00Z to 2026-11-02T00:00:00Z\n');
    expect(stdout).toMatch(
      /HOUR windows in UTC\n2026-11-01 00:00 {2}│█+\S? +1\.5\n2026-11-01 01:00 {2}│█+ +2\.5\n2026-11-01 02:00 {2}│ +0\n/,
    );
    expect(stdout).toMatch(/│ value +│ +4 │/);
    expect(stdout).toMatch(/│ counted as zero +│ +1 │ non_numeric_value 1/);
    expect(stdout).not.toContain('\u001b');
  });

  test('usage names the groups', async () => {
    const buckets = ['--aggregation', 'MAX', '--bucket', 'DAY', '--group-by', 'host'];
    const { stdout } = await usage(...ofVm, ...buckets);
    expect(stdout).toMatch(/2026-11-01 {2}web-1 {5}│█+\S? +1\.5\n {12}データ🚀 {2}│█+ +2\.5\n/);
  });

  test('usage --json prints the answer unchanged, and with --explain each event', async () => {
    const asked = [...ofVm, '--aggregation', 'SUM', '--json'];
    const whole = await usage(...asked);
    expect(JSON.parse(whole.stdout)).toMatchObject({ event_name: 'vm', type: 'SUM', value: 4, counted: 3 });
    const explained = await usage(...asked, '--explain', '--limit', '2');
    expect(explained.stderr).toBe('Only the newest 2 are shown: see --limit.\n');
    expect(jsonLines(explained.stdout)).toMatchObject([
      { event_id: 'u3', status: 'counted_as_zero', reason: 'non_numeric_value' },
      { event_id: 'u2', status: 'counted', quantity: '2.5' },
    ]);
  });

  test.each([
    ['--event vm --window FORTNIGHT', 2, "option '--window <size>' argument 'FORTNIGHT' is invalid."],
    ['--event vm --from 2026-02-30', 2, "option '--from <time>' argument '2026-02-30' is invalid."],
    ['--event vm --timezone Mars', 2, "option '--timezone <name>' argument 'Mars' is invalid."],
    ['--event vm --meter m', 2, "option '--meter <id>' cannot be used with option '--event <name>'"],
    ['--event vm --from 2026-11-02 --to 2026-11-01', 2, '--to: must not be before --from'],
    ['--event vm --aggregation AVG --property gb --bucket DAY', 2, '--bucket: only for MAX and SUM'],
    ['--meter nope', 1, 'Meter not found (not_found)\n  --meter: nope'],
  ])('"%s" exits with %i and says why', async (commandLine, exitCode, message) => {
    expect(await usage(...commandLine.split(' '))).toMatchObject({
      exitCode,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});

describe('on a deployment that folds for long', () => {
  const days = 31;
  let folded = 0;
  let perRequest = 10;
  let url = '';
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      const isDone = folded >= days;
      const details = { folded_days: folded, of_days: days };
      const problem = { code: 'service_unavailable', message: 'There is more to fold', http_status_code: 503, details };
      response.writeHead(isDone ? 200 : 503, { 'content-type': 'application/json', 'retry-after': '0' });
      response.end(JSON.stringify(isDone ? aUsageAnswer() : problem));
      folded += perRequest;
    });
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String(portOf(server))}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const usage = (more: readonly string[] = [], onSpawn?: (kill: (signal: NodeJS.Signals) => void) => void) =>
    runTollgate(['usage', '--meter', 'm', '--url', url, '--api-key', 'k', ...more], '', plain, onSpawn);

  test('usage asks until the range is folded, and reports its progress on stderr', async () => {
    [folded, perRequest] = [0, 10];
    const { exitCode, stdout, stderr } = await usage(['--json']);
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, aUsageAnswer()]);
    expect(stderr).toBe('folded 0 of 31 days\nfolded 10 of 31 days\nfolded 20 of 31 days\nfolded 30 of 31 days\n');
    expect(new Set(bodies)).toEqual(new Set(['{"meter_id":"m"}']));
  });

  test('usage gives up in the end, and says how to continue', async () => {
    [folded, perRequest] = [3, 0];
    const { exitCode, stdout, stderr } = await usage(['--retry-for', '1']);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('folded 3 of 31 days\nFolding was not finished after 1 s: folded 3 of 31 days.');
    expect(stderr).toContain('run it again to continue, or pass a longer --retry-for.');
  });

  test('Ctrl-C ends usage at once with 130', async () => {
    [folded, perRequest] = [4, 0];
    const requests = bodies.length;
    const { exitCode, stdout, stderr } = await usage([], (kill) => {
      const look = setInterval(() => {
        if (bodies.length < requests + 3) return;
        clearInterval(look);
        kill('SIGINT');
      }, 20);
    });
    expect([exitCode, stdout]).toEqual([130, '']);
    expect(stderr).toBe('folded 4 of 31 days\nInterrupted. What was folded is kept: run it again to continue.\n');
  });
});

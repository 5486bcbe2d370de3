// Rules for every command: one form of --json, help that fits 80 columns, and exit codes.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import packageJson from '../../package.json' with { type: 'json' };
import { createProgram } from '../../cli/program.ts';
import { aMessageText } from '../support/drivers/dead-letters.ts';
import { type OperatedStack, startOperatedStack } from '../support/drivers/operated-stack.ts';
import { type RunningTollgate, runTollgate, startTollgate } from '../support/drivers/running-tollgate.ts';

// Processes start slowly on a busy machine.
jest.setTimeout(600_000);

let system: RunningTollgate;
let stack: OperatedStack;
let folder: string;
beforeAll(async () => {
  [system, stack] = await Promise.all([startTollgate(['--port', '0']), startOperatedStack()]);
  folder = await mkdtemp(join(tmpdir(), 'tollgate-cli-'));
});
afterAll(async () => {
  await Promise.all([system.end('SIGTERM'), stack.stop(), rm(folder, { recursive: true })]);
});

const environment = (): Readonly<Record<string, string>> => ({
  ...stack.environment,
  LANG: 'C.UTF-8',
  COLUMNS: '80',
  TOLLGATE_URL: system.url,
  TOLLGATE_API_KEY: system.apiKey,
  TOLLGATE_STACK: stack.name,
});
const run = (commandLine: string, input = '', extra: Readonly<Record<string, string>> = {}) =>
  runTollgate(commandLine.split(' '), input, { ...environment(), ...extra });
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
const events = async (query: string): Promise<unknown[]> =>
  (await run(`events list --json ${query}`)).stdout
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));

type Command = ReturnType<typeof createProgram>;
const leaves = (command: Command, path: readonly string[] = []): { command: Command; name: string }[] =>
  command.commands.length === 0
    ? [{ command, name: path.join(' ') }]
    : command.commands.flatMap((child) => leaves(child, [...path, child.name()]));

/** Arguments of every command that ends by itself, and whether it lists. */
const asked: Readonly<Record<string, readonly [commandLine: string, form: 'one' | 'list']>> = {
  send: ['send', 'one'],
  'events get': ['events get demo-billed --wait', 'one'],
  'events list': ['events list', 'list'],
  'events failures': ['events failures', 'list'],
  usage: ['usage --event api_call', 'one'],
  charges: ['charges --customer acme', 'list'],
  whoami: ['whoami', 'one'],
  'keys create': ['keys create walk', 'one'],
  'keys list': ['keys list', 'list'],
  'keys revoke': ['keys revoke ID', 'one'],
  'dlq list': ['dlq list', 'list'],
  'dlq show': ['dlq show BATCH', 'one'],
  'dlq redrive': ['dlq redrive', 'one'],
  'claims release': ['claims release e1 e2', 'list'],
};
const endless = ['start', 'events tail'];

test('every command is tested here, and has --json and a help of at most 80 columns', () => {
  const all = leaves(createProgram());
  expect(all.map(({ name }) => name).toSorted()).toEqual([...Object.keys(asked), ...endless].toSorted());
  for (const { command } of all) {
    expect(command.options.map(({ long }) => long)).toContain('--json');
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    expect(help).toContain('Example');
    expect(widest(help)).toBeLessThanOrEqual(80);
  }
});

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;

describe('--json prints one object per line; without it no line is wider than 80 columns', () => {
  const input = '{"event_name":"a","external_customer_id":"acme"}';
  /** Ids that earlier commands have created. */
  const made = new Map<string, string>();
  const isRepeatable = (name: string): boolean => !['keys create', 'keys revoke', 'dlq redrive'].includes(name);

  beforeAll(() => {
    stack.putDead(...Array.from({ length: 2 }, (_, index) => aMessageText(index + 1)));
  });

  test.each(Object.entries(asked))('%s', async (name, [template, form]) => {
    const commandLine = template.replace(/[A-Z]{2,}/g, (place) => made.get(place) ?? place);
    const { stdout } = await run(`${commandLine} --json`, input);
    const things = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(things.every((thing) => typeof thing === 'object' && thing !== null && !Array.isArray(thing))).toBe(true);
    if (form === 'one') expect(things).toHaveLength(1);
    if (name === 'keys create') made.set('ID', String(fieldOf(fieldOf(things[0], 'secret'), 'id')));
    if (name === 'dlq list') made.set('BATCH', String(fieldOf(things[0], 'batch_id')));
    if (!isRepeatable(name)) return;
    const text = await run(commandLine, input);
    expect(text.stdout + text.stderr).not.toBe('');
    expect(widest(text.stdout + text.stderr)).toBeLessThanOrEqual(80);
  });
});

test('--version prints the version of the package', async () => {
  expect(await run('--version')).toEqual({ exitCode: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

test.each(['/', '/v1', '/v1/', '//'])('TOLLGATE_URL may end with %s', async (end) => {
  const { exitCode } = await run('events get demo-billed', '', { TOLLGATE_URL: `${system.url}${end}` });
  expect(exitCode).toBe(0);
});

describe('events get --wait', () => {
  test('--wait waits for an event that is in flight, before or after the id', async () => {
    const waiting = run('events get --wait 60 late-1');
    await run('send', '{"event_name":"api_call","external_customer_id":"acme","event_id":"late-1"}');
    expect(await waiting).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^late-1 {2}billed\n/) });
    expect(await run('events get --wait late-1')).toMatchObject({ exitCode: 0 });
  });

  test('--wait exits with 3 if no event arrives; without it an unknown id exits with 1', async () => {
    expect(await run('events get nobody --wait 1')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'No event nobody arrived within 1 s. Is the id right?\n',
    });
    expect(await run('events get nobody')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--wait') });
    expect(await run('events get nobody --wait soon')).toMatchObject({ exitCode: 2 });
    expect(await run('events get')).toMatchObject({ exitCode: 2 });
  });
});

test('events list accepts dates, and names an invalid option', async () => {
  const list = (query: string) => run(`events list ${query}`);
  expect(await list('--from 2001-01-01 --to 2001-01-02')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'There are no such events.\n',
  });
  expect((await list('--from 2026-02-30')).exitCode).toBe(2);
  const { stderr, stdout } = await list('--limit 2');
  expect([stdout.match(/^[│|] 20/gm)?.length, stderr]).toEqual([2, 'Only the newest 2 are shown: see --limit.\n']);
});

describe('send', () => {
  const line = '{"event_name":"copied","external_customer_id":"acme","timestamp":"2026-11-30T00:00:00Z"}\n';
  const send = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(folder, name), content);
    return run(`send ${join(folder, name)}`);
  };

  test('the same file counts once, whatever its name and however it is passed', async () => {
    const content = line + line + line.replace('acme', 'globex');
    const first = await send('a.ndjson', content);
    expect(first.exitCode).toBe(0);
    expect(first.stderr.replaceAll('\n', ' ')).toContain(
      'Lines without an event_id: 3. Each got one derived from its content',
    );
    expect(first.stderr).not.toContain('timestamp');
    expect(await send('b.ndjson', content)).toMatchObject({ exitCode: 0 });
    expect(await run('send', content)).toMatchObject({ exitCode: 0 });
    const query = '--event-name copied --from 2026-11-29 --to 2026-12-01';
    const sentinel = `{"event_id":"after-copies","event_name":"copied","external_customer_id":"acme"}`;
    await run('send', sentinel);
    await run('events get after-copies --wait');
    expect(await events(query)).toHaveLength(3);
  });

  test('send warns that equal lines without a timestamp count once', async () => {
    const { stderr } = await run('send', '{"event_name":"a","external_customer_id":"acme"}');
    expect(stderr.replaceAll('\n', ' ')).toContain('Of these, without a timestamp: 1.');
  });

  test.each([
    ['a.gz', gzipSync(line), /^The input is compressed \(gzip\)\./],
    ['a.csv', 'event_name,customer\n', /^The input looks like CSV;/],
    ['a.json', `[${line.trim()}]`, /^The input is a JSON array;/],
  ])('%s is explained in a sentence, with exit code 2', async (name, content, message) => {
    const { exitCode, stdout, stderr } = await send(name, content);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(widest(stderr.replaceAll(folder, ''))).toBeLessThanOrEqual(80);
    expect(stderr).not.toContain('Run it again');
  });

  test('send advises to run it again only if that can help', async () => {
    const wrongKey = await run('send', line, { TOLLGATE_API_KEY: 'sk_wrong' });
    expect([wrongKey.exitCode, wrongKey.stderr]).toEqual([1, expect.not.stringContaining('again')]);
    const absent = await run('send', line, { TOLLGATE_URL: 'http://127.0.0.1:9' });
    expect([absent.exitCode, absent.stderr.replaceAll('\n', ' ')]).toEqual([
      1,
      expect.stringContaining('Is it running?'),
    ]);
    expect(absent.stderr).not.toContain('again');
  });
});

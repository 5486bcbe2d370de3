// Runs `npm start` as a process: it starts, shows its demo, survives a kill, and stops.
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { runKillStorm } from '../support/drivers/kill-storm.ts';
import { type RunningTollgate, runTollgate, startTollgate } from '../support/drivers/running-tollgate.ts';

// Processes start slowly on a busy machine.
jest.setTimeout(120_000);

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const start = async (...commandLine: readonly string[]): Promise<RunningTollgate> => {
  const system = await startTollgate(commandLine);
  endings.push(() => system.end('SIGKILL'));
  return system;
};
const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'tollgate-e2e-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
/** Matches words that a terminal may break anywhere. */
const sentence = (text: string): RegExp => new RegExp(text.replaceAll(' ', String.raw`\s+`));

const KeySchema = v.object({ id: v.string() });
const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));

describe('tollgate start', () => {
  test('start shows why each demo event is billed or not, and stops at a signal', async () => {
    const system = await start('--port', '0');
    expect((await fetch(`${system.url}/health`)).status).toBe(200);
    const explanation = async (id: string) => {
      const { exitCode, stdout } = await runTollgate(['events', 'get', id, ...system.connection]);
      expect(exitCode).toBe(0);
      return stdout;
    };
    expect(await explanation('demo-billed')).toContain('demo-billed  billed\n');
    expect(await explanation('demo-tokens')).toContain('quantity      1250');
    expect(await explanation('demo-wrong-case')).toContain('No meters found matching event_name: API_call');
    expect(await explanation('demo-no-subscription')).toContain('✘ line item');
    expect(await system.end('SIGTERM')).toBe(0);
    await expect(fetch(system.url)).rejects.toThrow();
  });

  test('a taken port is explained in a sentence, with exit code 1', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    endings.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { exitCode, stderr } = await runTollgate(['start', '--port', port, '--no-demo']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `Port ${port} is taken. Choose another with --port.\n`,
    });
  });

  test('a folder that cannot be created is explained in a sentence, with exit code 1', async () => {
    const { exitCode, stderr } = await runTollgate(['start', '--port', '0', '--data', '/proc/nope']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'Cannot create /proc/nope: its parent folder does not exist.\n',
    });
  });

  test('a data folder keeps events and the key; a second process cannot open it', async () => {
    const folder = await makeFolder();
    const first = await start('--port', '0', '--data', folder);
    const second = await runTollgate(['start', '--port', '0', '--data', folder]);
    expect(second).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('another tollgate') });
    await first.end('SIGINT');
    const again = await start('--port', '0', '--data', folder);
    expect(again.apiKey).toBe(first.apiKey);
    const { stdout } = await runTollgate(['events', 'list', '--json', ...again.connection]);
    expect(jsonLines(stdout)).toHaveLength(4);
  });

  test('files in the data folder are private to their owner, even those of an earlier version', async () => {
    const folder = join(await makeFolder(), 'data');
    const modes = async (): Promise<readonly (readonly [string, number])[]> => {
      const entries = await readdir(folder, { recursive: true });
      const paths = [folder, ...entries.map((name) => join(folder, name))];
      return Promise.all(paths.map(async (path) => [path, (await stat(path)).mode & 0o777] as const));
    };
    const expected = async () =>
      Promise.all((await modes()).map(async ([path]) => [path, (await stat(path)).isDirectory() ? 0o700 : 0o600]));
    const first = await start('--port', '0', '--data', folder);
    expect((await modes()).length).toBeGreaterThan(5);
    expect(await modes()).toEqual(await expected());
    await first.end('SIGKILL');
    for (const [path, mode] of await modes())
      if (path !== folder) await chmod(path, mode | (mode === 0o700 ? 0o055 : 0o044));
    await start('--port', '0', '--data', folder);
    expect(await modes()).toEqual(await expected());
  });

  test('a revoked key is replaced, and a damaged key file or a revoked --api-key is explained in a sentence', async () => {
    const folder = await makeFolder();
    const first = await start('--port', '0', '--data', folder);
    const list = await runTollgate(['keys', 'list', '--json', ...first.connection]);
    // NDJSON: the only key is the only line.
    const { id } = v.parse(KeySchema, JSON.parse(list.stdout));
    const revoke = ['keys', 'revoke', id, ...first.connection];
    expect(await runTollgate(revoke)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('use force') });
    expect(await runTollgate([...revoke, '--force'])).toMatchObject({ exitCode: 0 });
    await first.end('SIGTERM');
    const again = await start('--port', '0', '--data', folder);
    expect(again.apiKey).not.toBe(first.apiKey);
    expect(await runTollgate(['events', 'list', ...again.connection])).toMatchObject({ exitCode: 0 });
    await again.end('SIGTERM');
    expect(await runTollgate(['start', '--port', '0', '--data', folder, '--api-key', first.apiKey])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(sentence('^The key of --api-key exists in .+ but cannot be used')),
    });
    await writeFile(join(folder, 'api-key'), 'sk_01');
    expect(await runTollgate(['start', '--port', '0', '--data', folder])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(sentence('api-key is damaged: restore the key that was in it, or delete the file')),
    });
  });

  test('a secret that was passed is not printed', async () => {
    const system = await start('--port', '0', '--api-key', 'sk_given_by_the_test');
    expect(system.apiKey).toBe('sk_given_by_the_test');
    expect(system.output()).toContain('"message":"up"');
    expect(system.output()).not.toContain('sk_given_by_the_test');
    const { exitCode, stderr } = await runTollgate(['events', 'list', '--api-key', 'sk_with a blank']);
    expect([exitCode, stderr.includes('sk_with')]).toEqual([2, false]);
    const url = 'http://user:sk_password@127.0.0.1:4000';
    const refused = await runTollgate(['events', 'list', '--api-key', 'x', '--url', url]);
    expect([refused.exitCode, refused.stderr.includes('sk_password')]).toEqual([2, false]);
  });

  test('the console is where the log says, with a key only if that is new', async () => {
    const UpSchema = v.looseObject({ message: v.literal('up'), console_url: v.string() });
    const consoleOf = (system: RunningTollgate): string =>
      jsonLines(system.output()).flatMap((line) => {
        const entry = v.safeParse(UpSchema, line);
        return entry.success ? [entry.output.console_url] : [];
      })[0] ?? '';
    const made = await start('--port', '0');
    expect(consoleOf(made)).toBe(`${made.url}/console/` + '#key=' + made.apiKey);
    const given = await start('--port', '0', '--api-key', 'sk_given_by_the_test');
    expect(consoleOf(given)).toBe(`${given.url}/console/`);
    const config = await fetch(`${given.url}/console/config.json`);
    expect(await config.json()).toEqual({ api_url: '/' });
    expect(config.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    const root = await fetch(given.url, { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect([root.status, root.headers.get('location')]).toEqual([302, '/console/']);
    expect((await fetch(given.url)).status).toBe(404);
  });

  test('events sent while the server is killed are all stored, once', async () => {
    const lifetimes = [0, 400, 900];
    const result = await runKillStorm({ events: 3_000, kills: 3, lifetimeMs: () => lifetimes.shift() ?? 0 });
    expect(result).toEqual({ accepted: 3_000, refused: 0, listed: 3_000, distinct: 3_000 });
  });
});

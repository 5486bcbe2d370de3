// The emulator of AWS that the stack is deployed to: the one AWS_ENDPOINT_URL names, else MiniStack, installed into a folder
// of its own and started on a free port.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/running-tollgate.ts';

const root = join(import.meta.dirname, '..', '..');
const release = 'ministack==1.5.33';
const home = join(root, '.tollgate', release.replace('==', '-'));
const patienceMs = 60_000;

export interface Emulator {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/** Whether something answers there at all. */
const isUp = async (url: string): Promise<boolean> => {
  try {
    await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
};

const run = (command: string, ...rest: readonly string[]): void => {
  const { status, error } = spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${[command, ...rest].join(' ')} failed (${error?.message ?? String(status)})`);
};

/** Python 3 and the package index are needed the first time. */
const install = (): string => {
  const program = join(home, 'bin', 'ministack');
  if (existsSync(program)) return program;
  process.stderr.write(`Installing ${release} into ${home} …\n`);
  run('python3', '-m', 'venv', home);
  run(join(home, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', release);
  return program;
};

/** Functions inherit the emulator's environment: nothing of the shell's own account may reach them. */
const withoutAws = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));

/** It and the functions that it runs are one process group, ended as a whole: it may ignore SIGTERM. */
const startMiniStack = async (environment: NodeJS.ProcessEnv): Promise<Emulator> => {
  const program = install();
  const port = await freePort();
  const log = openSync(join(home, 'log'), 'w');
  const child = spawn(program, [], {
    env: { ...withoutAws(environment), BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), IOT_MTLS_ENABLED: '0' },
    detached: true,
    stdio: ['ignore', log, log],
  });
  const ended = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${String(port)}`;
  const kill = (): void => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
      process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    kill();
    await ended;
  };
  const deadline = Date.now() + patienceMs;
  while (!(await isUp(endpoint))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`${release} did not start: see ${join(home, 'log')}`);
    }
    await delay(100);
  }
  return { endpoint, stop };
};

/** `environment`: that of the shell. */
export const openEmulator = async (environment: NodeJS.ProcessEnv): Promise<Emulator> => {
  const given = environment['AWS_ENDPOINT_URL'];
  if (given === undefined || given === '') return startMiniStack(environment);
  if (!(await isUp(given))) throw new Error(`nothing answers at AWS_ENDPOINT_URL ${given}`);
  return { endpoint: given, stop: () => Promise.resolve() };
};

/** Emulators answer for an API on a path of their endpoint; the host of the real URL begins with the API's id. */
export const emulatedUrl = (endpoint: string, apiUrl: string): string => {
  const [, apiId = '', stage = '', rest = ''] = /^https:\/\/([^.]+)[^/]*\/([^/]+)(.*)$/.exec(apiUrl) ?? [];
  return `${endpoint}/restapis/${apiId}/${stage}/_user_request_${rest}`;
};

// The emulator of AWS that the stack is deployed to: the one AWS_ENDPOINT_URL names, else MiniStack, installed into a folder
// of its own and started on a free port.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pythonEnvironment } from '../support/drivers/python-environment.ts';
import { freePort } from '../support/drivers/running-tollgate.ts';

const release = 'ministack==1.5.33';
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

/** Functions inherit the emulator's environment: nothing of the shell's own account may reach them. */
const withoutAws = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));

/** It and the functions that it runs are one process group, ended as a whole: it may ignore SIGTERM. */
const startMiniStack = async (environment: NodeJS.ProcessEnv): Promise<Emulator> => {
  const home = pythonEnvironment(release.replace('==', '-'), release);
  const port = await freePort();
  const log = openSync(join(home, 'log'), 'w');
  const child = spawn(join(home, 'bin', 'ministack'), [], {
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

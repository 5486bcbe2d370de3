// `tollgate start` and other commands as processes of their own, as a user runs them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';

const program = join(import.meta.dirname, '..', '..', '..', 'bin', 'tollgate.ts');

type Environment = Readonly<Record<string, string>>;

/** `env`: all that the process sees of an environment; left out: that of the tests. */
const spawnTollgate = (commandLine: readonly string[], env?: Environment): ChildProcess =>
  spawn(process.execPath, [program, ...commandLine], { stdio: ['pipe', 'pipe', 'pipe'], ...(env && { env }) });

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. `onSpawn` is given what sends it a signal. */
export const runTollgate = async (
  commandLine: readonly string[],
  input = '',
  env?: Environment,
  onSpawn: (kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Finished> => {
  const child = spawnTollgate(commandLine, env);
  onSpawn((signal) => child.kill(signal));
  child.stdin?.end(input);
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
  ]);
  await ended;
  return { exitCode: child.exitCode, stdout, stderr };
};

const UpSchema = v.object({
  message: v.literal('up'),
  url: v.string(),
  api_key: v.optional(v.string()),
  api_key_file: v.optional(v.string()),
});

export interface RunningTollgate {
  readonly url: string;
  readonly apiKey: string;
  /** `--url` and `--api-key` for other commands. */
  readonly connection: readonly string[];
  /** Returns its stdout so far. */
  readonly output: () => string;
  /** Sends the signal and answers the exit code; null: the signal ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Resolves once it says that it is up; throws with what it wrote when it ends before. */
export const startTollgate = async (commandLine: readonly string[] = ['--port', '0']): Promise<RunningTollgate> => {
  const child = spawnTollgate(['start', '--json', ...commandLine]);
  const closed = once(child, 'close');
  const errors: string[] = [];
  const lines: string[] = [];
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)));
  const { promise: up, resolve } = Promise.withResolvers<v.InferOutput<typeof UpSchema> | undefined>();
  if (child.stdout) {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      const entry = v.safeParse(v.pipe(v.string(), v.parseJson(), UpSchema), line);
      if (entry.success) resolve(entry.output);
    });
  }
  void closed.then(() => {
    resolve(undefined);
  });
  const entry = await up;
  if (!entry) throw new Error(`tollgate ended: ${errors.join('')}`);
  const { url, api_key: made, api_key_file: file } = entry;
  const given = commandLine[commandLine.indexOf('--api-key') + 1] ?? '';
  const apiKey = made ?? (file === undefined ? given : (await readFile(file, 'utf8')).trim());
  return {
    url,
    apiKey,
    output: () => lines.join('\n'),
    connection: ['--url', url, '--api-key', apiKey],
    end: async (signal) => {
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
};

/** A port of 127.0.0.1 that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

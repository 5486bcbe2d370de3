// tollgate start: runs the whole system on this machine until Ctrl-C.
import { once } from 'node:events';
import { type Command } from 'commander';
import { consoleBase } from '../../lib/console-policy.ts';
import { keyFile } from '../../lib/local/local-key.ts';
import { startSystem, type System } from '../../lib/local/system.ts';
import { writeToStdout } from '../../shared/telemetry/logger.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { withNotes } from '../process/help.ts';
import { portNumber, secretText } from '../process/option-values.ts';
import { writeReadable } from '../print/readable-log.ts';
import { printJson } from '../process/terminal.ts';

/** Time to finish the current work when stopping, milliseconds; the rest is done after the next start. */
const patienceMs = 2_500;

interface StartOptions {
  readonly port: number;
  readonly data?: string;
  readonly apiKey?: string;
  readonly demo: boolean;
  readonly json?: boolean;
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Returns a sentence for a common obstacle; any other error is returned unchanged. */
const toFailure = (error: unknown, { port, data = '' }: StartOptions): unknown => {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new CliFailure(`Port ${String(port)} is taken. Choose another with --port.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new CliFailure(`Cannot use ${data === '' ? `port ${String(port)}` : data}: ${codeOf(error) ?? ''}.`);
    case 'ENOENT':
      return new CliFailure(`Cannot create ${data}: its parent folder does not exist.`);
    case 'ERR_SQLITE_ERROR':
      return new CliFailure(`Cannot use ${data}: another tollgate has it open, or it is damaged.`);
    case 'ERR_KEY_FILE':
      return new CliFailure(
        `${keyFile(data)} is damaged: restore the key that was in it, or delete the file, and the next start creates a new key.`,
      );
    case 'ERR_KEY_UNUSABLE':
      return new CliFailure(
        `The key of --api-key exists in ${data} but cannot be used: it was revoked, has expired, or is not a super_admin key. Pass another key.`,
      );
    case undefined:
    default:
      return error;
  }
};

/** Returns the address of the console; with a key, it is signed in. The fragment of an address is not sent to a server. */
const consoleUrl = (url: string, apiKey?: string): string =>
  url + consoleBase + (apiKey === undefined ? '' : `#key=${encodeURIComponent(apiKey)}`);

const banner = ({ url, apiKey, keyOrigin, isSeeded }: System, { data }: StartOptions): string =>
  [
    `Tollgate is up:  ${url}`,
    `Console:         ${consoleUrl(url, apiKey)}`,
    `API key:         ${apiKey}${keyOrigin === 'replaced' ? '  (new: the previous key was revoked)' : ''}`,
    `Data:            ${data ?? 'in memory, lost when it stops (--data DIR keeps it)'}`,
    '',
    'Try it:',
    `  export TOLLGATE_URL=${url} TOLLGATE_API_KEY=${apiKey}`,
    ...(isSeeded
      ? [
          '  npx tollgate events list',
          '  npx tollgate events get demo-wrong-case',
          '  npx tollgate charges --customer acme --explain',
        ]
      : []),
    '  curl -H "x-api-key: $TOLLGATE_API_KEY" $TOLLGATE_URL/v1/events \\',
    `    -d '{"event_name":"api_call","external_customer_id":"acme"}'`,
    '',
    'Ctrl-C stops it.',
  ].join('\n');

/** Fields of the log that name the key: a secret is shown when it is created, never when it was passed. */
const keyFields = ({ url, apiKey, keyOrigin }: System, { data = '' }: StartOptions): object => {
  if (keyOrigin === 'made' || keyOrigin === 'replaced') {
    return { api_key: apiKey, console_url: consoleUrl(url, apiKey) };
  }
  return { console_url: consoleUrl(url), ...(keyOrigin === 'kept' && { api_key_file: keyFile(data) }) };
};

const start = async (options: StartOptions): Promise<void> => {
  const { port, data, apiKey, demo, json = false } = options;
  const system = await startSystem({
    port,
    isDemo: demo,
    write: json ? writeToStdout : writeReadable,
    ...(data !== undefined && { dataFolder: data }),
    ...(apiKey !== undefined && { apiKey }),
  }).catch((error: unknown) => {
    throw toFailure(error, options);
  });
  if (json) printJson({ level: 'info', message: 'up', url: system.url, ...keyFields(system, options) });
  else console.log(banner(system, options));
  await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  if (!json) console.log('Stopping …');
  process.once('SIGINT', () => process.exit(exitCode.failure));
  setTimeout(() => process.exit(exitCode.ok), patienceMs).unref();
  await system.stop();
};

export const addStartCommand = (program: Command): void => {
  withNotes(
    program
      .command('start')
      .description('run the whole system on this machine')
      .option('--port <n>', 'HTTP port; 0 picks a free one', portNumber, 4000)
      .option('--data <dir>', 'keep everything in this folder (default: in memory)')
      .option('--api-key <key>', 'use this secret as a super_admin key', secretText)
      .option('--no-demo', 'without the demo catalog')
      .option('--json', 'log JSON, one object per line; shows the key only when it is created'),
    ['Ctrl-C stops it with exit code 0.'],
    ['tollgate start', ['tollgate start --port 8080 --data ./tollgate-data', '--api-key sk_local_secret --no-demo']],
  ).action((options: StartOptions) => start(options));
};

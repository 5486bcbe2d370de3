// npm run test:aws: bootstraps, deploys and uses Tollgate as a user would, on an emulator of AWS, and runs the tests of this
// folder against what was deployed. What follows `--` goes to Jest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { stackOutputs } from '../../lib/stack-outputs.ts';
import { ulid } from 'ulid';
import { emulatedUrl, openEmulator } from './emulator.ts';

const root = join(import.meta.dirname, '..', '..');
const stack = 'tollgate-local';
const outputsFile = join(root, 'cdk.out', 'local-outputs.json');

type Environment = Readonly<Record<string, string | undefined>>;

/** Answers what it wrote to stdout, where that is captured. */
const run = async (env: Environment, isCaptured: boolean, ...[command = '', ...rest]: readonly string[]) => {
  process.stderr.write(`\n$ ${[command, ...rest].join(' ')}\n`);
  const child = spawn(command, rest, { cwd: root, env, stdio: ['ignore', isCaptured ? 'pipe' : 'inherit', 'inherit'] });
  const [written] = await Promise.all([child.stdout ? text(child.stdout) : '', once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`${command} ended with ${String(child.exitCode)}`);
  return written.trim();
};

const OutputsSchema = v.object({ [stack]: v.object({ [stackOutputs.apiUrl]: v.pipe(v.string(), v.url()) }) });

const deployedUrl = async (endpoint: string): Promise<string> => {
  const outputs = v.parse(OutputsSchema, JSON.parse(await readFile(outputsFile, 'utf8')));
  return emulatedUrl(endpoint, outputs[stack].ApiUrl);
};

// The emulator ends with this process, however that ends.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
const shell = process.env;
const emulator = await openEmulator(shell);
try {
  const aws: Environment = {
    ...shell,
    PATH: `${join(root, 'node_modules', '.bin')}:${shell['PATH'] ?? ''}`,
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_REGION: shell['AWS_REGION'] ?? 'us-east-1',
    AWS_ACCESS_KEY_ID: shell['AWS_ACCESS_KEY_ID'] ?? 'test',
    AWS_SECRET_ACCESS_KEY: shell['AWS_SECRET_ACCESS_KEY'] ?? 'test',
    CDK_REQUIRE_APPROVAL: 'never',
    CI: '1',
  };
  const stage = ['-c', 'stage=local'];
  await rm(outputsFile, { force: true });
  await run(aws, false, 'cdk', 'bootstrap', ...stage);
  await run(aws, false, 'cdk', 'deploy', ...stage, '--outputs-file', outputsFile);
  // An environment of its own, so that it can be repeated on one emulator.
  const environmentId = `run-${ulid()}`;
  const create = ['keys', 'create', 'e2e', '--stack', stack, '--environment', environmentId];
  const tests: Environment = {
    ...aws,
    TOLLGATE_STACK: stack,
    TOLLGATE_URL: await deployedUrl(emulator.endpoint),
    TOLLGATE_API_KEY: await run(aws, true, 'npx', 'tollgate', ...create),
  };
  const flags = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  await run(tests, false, 'node', ...flags, '--config', 'test/aws/jest.config.mjs', ...process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await emulator.stop();
}

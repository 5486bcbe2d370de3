// npm run test:clients: the clients of the API against `tollgate start`: the official SDK of Python, clients that are generated
// from docs/openapi.json, and Schemathesis. What follows `--` goes to pytest.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentText } from '../../lib/openapi/document-text.ts';
import { walkSystem } from '../../lib/openapi/walk-system.ts';
import { pythonEnvironment } from '../support/drivers/python-environment.ts';
import { startTollgate } from '../support/drivers/running-tollgate.ts';

const root = join(import.meta.dirname, '..', '..');
const requirements = join(import.meta.dirname, 'requirements.txt');
const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
const python = pythonEnvironment(`clients-${version}`, '--requirement', requirements);

const system = await startTollgate(['--port', '0', '--no-demo']);
// The description with examples that this system knows the ids of.
const examples = await walkSystem(system, false);
const description = join(python, 'openapi.json');
writeFileSync(description, await documentText(examples));
const variables = [
  `TOLLGATE_URL=${system.url}`,
  `TOLLGATE_API_KEY=${system.apiKey}`,
  `TOLLGATE_OPENAPI=${description}`,
];

/** Whether it succeeded. */
const run = async (program: string, ...rest: readonly string[]): Promise<boolean> => {
  process.stderr.write(`\n$ ${[program, ...rest].join(' ')}\n`);
  const command = [...variables, join(python, 'bin', program), ...rest];
  const child = spawn('env', command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  await once(child, 'close');
  return child.exitCode === 0;
};

const succeeded = [
  await run('ruff', 'check', 'test/clients'),
  await run('ruff', 'format', '--check', 'test/clients'),
  await run('pytest', '--config-file', 'test/clients/pytest.ini', ...process.argv.slice(2)),
];
await system.end('SIGTERM');
process.exitCode = succeeded.every(Boolean) ? 0 : 1;

// npm run test:browser: the console in a browser. Installs what drives it into this folder, checks the folder, builds the console and
// runs the tests against a system of its own. What follows `--` goes to Jest.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsole } from '../../lib/console-build.ts';

const root = join(import.meta.dirname, '..', '..');
const here = import.meta.dirname;

const run = (folder: string, command: string, ...rest: readonly string[]): void => {
  process.stderr.write(`\n$ ${[command, ...rest].join(' ')}\n`);
  const { status } = spawnSync(command, rest, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}`);
};

const isInstalled = (): boolean => {
  const installed = join(here, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(here, 'package-lock.json')).mtimeMs;
};

const test = async (): Promise<void> => {
  if (!isInstalled()) run(here, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent');
  const { chromiumPath, isChromiumDemanded } = await import('./support/chromium.ts');
  if (chromiumPath() === undefined) {
    process.stderr.write('\nSKIPPED: the console in a browser needs chromium: install it, or set CHROMIUM_PATH.\n');
    process.exitCode = isChromiumDemanded() ? 1 : 0;
    return;
  }
  await buildConsole();
  const others = process.argv.slice(2);
  if (others.length === 0) {
    run(root, 'tsc', '--noEmit', '--project', 'test/browser');
    run(root, 'eslint', '--no-ignore', '--max-warnings', '0', 'test/browser/*.ts', 'test/browser/support/*.ts');
  }
  const flags = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  run(root, process.execPath, ...flags, '--config', 'test/browser/jest.config.mjs', ...others);
};

try {
  await test();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

// Python programs, installed with their packages into folders of their own below .tollgate.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

const run = (command: string, ...rest: readonly string[]): void => {
  const { status, error } = spawnSync(command, rest, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${[command, ...rest].join(' ')} failed (${error?.message ?? String(status)})`);
};

/**
 * The folder, made the first time; that takes Python 3 and the package index. `name` tells what is in it; `packages` are
 * arguments of pip.
 */
export const pythonEnvironment = (name: string, ...packages: readonly string[]): string => {
  const home = join(root, '.tollgate', name);
  const isInstalled = join(home, 'installed');
  if (existsSync(isInstalled)) return home;
  process.stderr.write(`Installing ${packages.join(' ')} into ${home} …\n`);
  run('python3', '-m', 'venv', '--clear', home);
  run(join(home, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', ...packages);
  writeFileSync(isInstalled, '');
  return home;
};

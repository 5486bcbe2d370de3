// Tests that the step before npm start builds the console, and only when it has to.
import { afterAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, '.tollgate', `console-of-test-${String(process.pid)}`);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const build = (): string =>
  spawnSync(process.execPath, [join(root, 'bin', 'build-console.ts'), folder], { cwd: root, encoding: 'utf8' }).stderr;
const files = (): readonly string[] => readdirSync(folder).toSorted();

test('the console is built once, again if its build or what it was built from has changed, and not otherwise', () => {
  expect(build()).toBe('Building the console …\n');
  expect(files()).toEqual(['.sources', 'assets', 'index.html', 'theme.js']);
  expect(build()).toBe('');
  for (const name of ['index.html', '.sources']) {
    rmSync(join(folder, name));
    expect(build()).toBe('Building the console …\n');
    expect(files()).toContain(name);
  }
}, 120_000);

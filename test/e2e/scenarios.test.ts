// The scenarios once more, word for word, over HTTP on a started system.
import { afterAll, beforeAll, jest } from '@jest/globals';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Driver } from '../support/driver.ts';
import { openStartedSystem } from '../support/driver-http.ts';
import { chooseDriver } from '../support/use-driver.ts';

jest.setTimeout(60_000);

let driver: Driver | undefined;
beforeAll(async () => {
  driver = await openStartedSystem();
});
afterAll(() => driver?.close());

chooseDriver(() => {
  if (!driver) throw new Error('the system is not started');
  return Promise.resolve({ ...driver, close: () => Promise.resolve() });
});

const folder = join(import.meta.dirname, '..', 'scenario');
for await (const name of glob('*.test.ts', { cwd: folder })) {
  const file = join(folder, name);
  if ((await readFile(file, 'utf8')).includes('useDriver(')) await import(file);
}

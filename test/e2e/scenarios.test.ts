// The scenarios once more, word for word, over HTTP on a started system.
import { afterAll, beforeAll } from '@jest/globals';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import type { Driver } from '../support/driver.ts';
import { openStartedSystem } from '../support/driver-http.ts';
import { chooseDriver } from '../support/use-driver.ts';

let driver: Driver | undefined;
beforeAll(async () => {
  driver = await openStartedSystem();
});
afterAll(() => driver?.close());

chooseDriver(() => {
  if (!driver) throw new Error('the system is not started');
  return Promise.resolve({ ...driver, close: () => Promise.resolve() });
});

const scenarios = join(import.meta.dirname, '..', 'scenario');
for await (const file of glob('*.test.ts', { cwd: scenarios, exclude: ['simulator*'] }))
  await import(join(scenarios, file));

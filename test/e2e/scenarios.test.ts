// The scenarios once more, word for word, over HTTP on a started system.
import { afterAll, beforeAll, jest } from '@jest/globals';
import { runScenarios } from '../support/all-scenarios.ts';
import type { Driver } from '../support/driver.ts';
import { openStartedSystem } from '../support/driver-http.ts';

jest.setTimeout(60_000);

let driver: Driver | undefined;
beforeAll(async () => {
  driver = await openStartedSystem();
});
afterAll(() => driver?.close());

await runScenarios(() => {
  if (!driver) throw new Error('the system is not started');
  return Promise.resolve({ ...driver, close: () => Promise.resolve() });
});

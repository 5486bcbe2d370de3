// Runs the same scenarios over HTTP on a started system.
import { afterAll, beforeAll, jest } from '@jest/globals';
import { runScenarios } from '../support/drivers/all-scenarios.ts';
import type { Driver } from '../support/drivers/driver.ts';
import { openStartedSystem } from '../support/drivers/driver-http.ts';

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

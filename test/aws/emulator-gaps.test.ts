// Says when a gap of the emulator closes: then its workaround and its entry go.
import { expect, test } from '@jest/globals';
import { useDriver, chooseDriver } from '../support/use-driver.ts';
import { openPlainly } from './deployed-stack.ts';
import { deployment } from './deployment.ts';
import { emulatorGaps } from './emulator-gaps.ts';

chooseDriver(openPlainly);
const driver = useDriver();

test.each(emulatorGaps)('still: $name', async ({ isOpen }) => {
  expect(await isOpen(driver, deployment())).toBe(true);
});

// Says when a gap of the pinned emulator closes: then its workaround and its entry go. Of another emulator it only tells.
import { expect, test } from '@jest/globals';
import { chooseDriver, useDriver } from '../support/drivers/use-driver.ts';
import { openPlainly } from './deployed-stack.ts';
import { deployment } from './deployment.ts';
import { emulatorGaps } from './emulator-gaps.ts';

chooseDriver(openPlainly);
const driver = useDriver();

const isMiniStack = async (): Promise<boolean> => (await fetch(new URL('/_ministack/health', deployment().url))).ok;

test.each(emulatorGaps)('still: $name', async ({ name, isOpen }) => {
  const isStillOpen = await isOpen(driver, deployment());
  if (await isMiniStack()) expect(isStillOpen).toBe(true);
  else process.stderr.write(`This emulator has ${isStillOpen ? 'this gap' : 'no such gap'}: ${name}\n`);
});

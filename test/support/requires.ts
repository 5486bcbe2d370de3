// The one place that may skip a test: where the machine lacks something, and says so loudly.
import { spawnSync } from 'node:child_process';
import { describe } from '@jest/globals';
import { hasJava } from './drivers/dynamodb-local.ts';

const has = { java: hasJava, curl: (): boolean => spawnSync('curl', ['--version']).status === 0 };
export type Requirement = keyof typeof has;

/** `describe`, or a skipped one with a warning when the machine lacks what it needs. */
export const describeWith = (requirement: Requirement, name: string, tests: () => void): void => {
  if (has[requirement]()) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`\nSKIPPED: ${name} needs ${requirement}, which this machine does not have.\n`);
  describe.skip(name, tests);
};

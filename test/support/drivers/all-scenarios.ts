// Every scenario that takes a driver, for the systems on which all of them run once more, word for word.
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenDriver } from './driver.ts';
import { chooseDriver } from './use-driver.ts';

const folder = join(import.meta.dirname, '..', '..', 'scenario');

/** To be awaited at the top of a test file. */
export const runScenarios = async (open: OpenDriver): Promise<void> => {
  chooseDriver(open);
  for await (const name of glob('*.test.ts', { cwd: folder })) {
    const file = join(folder, name);
    if ((await readFile(file, 'utf8')).includes('useDriver(')) await import(file);
  }
};

// Runs the README's five minutes exactly as written.
import { afterAll, beforeAll, test } from '@jest/globals';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expectFiveMinutes, readmeBlock, root, runBash } from '../support/drivers/readme.ts';
import { describeWith } from '../support/requires.ts';
import { type RunningTollgate, startTollgate } from '../support/drivers/running-tollgate.ts';

describeWith('curl', 'the five minutes of the README', () => {
  let running: RunningTollgate | undefined;

  beforeAll(async () => {
    running = await startTollgate(['--port', '0', '--no-demo']);
  });

  afterAll(async () => {
    await running?.end('SIGTERM');
  });

  test('every command does what the README says', async () => {
    const PATH = [join(root, 'node_modules', '.bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
    const { url: TOLLGATE_URL = '', apiKey: TOLLGATE_API_KEY = '' } = running ?? {};
    const env = { PATH, HOME: tmpdir(), TOLLGATE_URL, TOLLGATE_API_KEY, NO_COLOR: '1' };
    expectFiveMinutes(await runBash(readmeBlock('Five minutes'), env));
  }, 180_000);
});

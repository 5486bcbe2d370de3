// The README's deployment, run as it is written; then its five minutes on what was deployed, and its removal. Credentials,
// region, and CDK_REQUIRE_APPROVAL in place of the answer on a terminal come from the shell. The console is left out, by a setting
// of the user: the function that copies its files needs the AWS CLI inside of it, which the emulator lacks.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectFiveMinutes, readmeBlock, runBash } from '../support/drivers/readme.ts';
import { deployment, outputOf } from './deployment.ts';
import { emulatedUrl } from './emulator.ts';

const stack = 'tollgate-dev';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tollgate-home-'));
  await writeFile(join(home, '.cdk.json'), JSON.stringify({ context: { console: 'off' } }));
});
afterAll(() => rm(home, { recursive: true, force: true }));
const atHome = (commands: string): string => `export HOME=${home}\n${commands}`;

test('bootstrap, deploy and the first key are these three commands', async () => {
  const commands = readmeBlock('Deploy');
  expect(commands.trim().split('\n')).toHaveLength(3);
  const apiKey = (await runBash(atHome(commands))).split('\n').at(-1) ?? '';
  expect(apiKey).toMatch(/^sk_/);

  const url = emulatedUrl(new URL(deployment().url).origin, await outputOf(stack, 'apiUrl'));
  const exports = `export TOLLGATE_URL=${url} TOLLGATE_API_KEY=${apiKey} NO_COLOR=1\n`;
  expectFiveMinutes(await runBash(exports + readmeBlock('Five minutes')));

  await runBash(atHome('npx cdk destroy -c stage=dev --force'));
  await expect(outputOf(stack, 'apiUrl')).rejects.toThrow('does not exist');
}, 240_000);

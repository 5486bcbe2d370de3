// The README's deployment, run as it is written; then its five minutes on what was deployed, and its removal. Credentials,
// region, and CDK_REQUIRE_APPROVAL in place of the answer on a terminal come from the shell.
import { expect, test } from '@jest/globals';
import { expectFiveMinutes, readmeBlock, runBash } from '../support/drivers/readme.ts';
import { deployment, outputOf } from './deployment.ts';
import { emulatedUrl } from './emulator.ts';

const stack = 'tollgate-dev';

test('bootstrap, deploy and the first key are these three commands', async () => {
  const commands = readmeBlock('Deploy');
  expect(commands.trim().split('\n')).toHaveLength(3);
  const apiKey = (await runBash(commands)).split('\n').at(-1) ?? '';
  expect(apiKey).toMatch(/^sk_/);

  const url = emulatedUrl(new URL(deployment().url).origin, await outputOf(stack, 'apiUrl'));
  const exports = `export TOLLGATE_URL=${url} TOLLGATE_API_KEY=${apiKey} NO_COLOR=1\n`;
  expectFiveMinutes(await runBash(exports + readmeBlock('Five minutes')));

  await runBash('npx cdk destroy -c stage=dev --force');
  await expect(outputOf(stack, 'apiUrl')).rejects.toThrow('does not exist');
}, 240_000);

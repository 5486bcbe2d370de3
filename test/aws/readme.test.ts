// The README's deployment, run as it is written; then it is used, and removed.
import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openHttpDriver } from '../support/driver-http.ts';
import { deployment, outputOf } from './deployment.ts';
import { emulatedUrl } from './emulator.ts';

const root = join(import.meta.dirname, '..', '..');
const stack = 'tollgate-dev';

/** The environment is that of the shell: credentials, region, and CDK_REQUIRE_APPROVAL in place of the answer on a terminal. */
const bash = async (script: string): Promise<string> =>
  (await promisify(execFile)('bash', ['-e', '-c', script], { cwd: root })).stdout.trim();

test('bootstrap, deploy and the first key are these three commands', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const [, script = ''] = /^## Deploy$.*?```bash\n(.*?)```/ms.exec(readme) ?? [];
  expect(script.trim().split('\n')).toHaveLength(3);
  const apiKey = (await bash(script)).split('\n').at(-1) ?? '';
  expect(apiKey).toMatch(/^sk_/);

  const url = emulatedUrl(new URL(deployment().url).origin, await outputOf(stack, 'apiUrl'));
  const none = () => Promise.resolve({});
  const driver = openHttpDriver({ url, apiKey }, { metrics: none, close: () => Promise.resolve() });
  const event = { event_id: 'first', event_name: 'api_call', external_customer_id: 'acme' };
  expect(await driver.request('POST', '/v1/events', event)).toMatchObject({ status: 202 });
  await driver.settle();
  expect(await driver.request('GET', '/v1/events/first')).toMatchObject({
    status: 200,
    body: { event: { id: 'first', event_name: 'api_call' }, status: 'failed' },
  });
  await driver.close();

  await bash('npx cdk destroy -c stage=dev --force');
  await expect(outputOf(stack, 'apiUrl')).rejects.toThrow('does not exist');
}, 180_000);

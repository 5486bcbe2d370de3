// Compiles and runs the README's sample of the official SDK, exactly as written.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSystem, type System } from '../../lib/local/system.ts';
import { checkedSdk, processedEvent } from '../support/sdk/checked-sdk.ts';
import { readmeBlock, root } from '../support/drivers/readme.ts';

const run = promisify(execFile);
const folder = join(root, '.tollgate', 'readme');
const sample = join(folder, 'sample.ts');

let system: System;
beforeAll(async () => {
  system = await startSystem({ port: 0, isDemo: false, write: () => undefined });
  mkdirSync(folder, { recursive: true });
  writeFileSync(sample, readmeBlock('Five minutes', 'ts'));
  writeFileSync(join(folder, 'tsconfig.json'), '{"extends": "../../tsconfig.json", "include": ["sample.ts"]}');
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true });
});

test('the sample compiles', async () => {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  expect(await run(process.execPath, [compiler, '--project', folder]).catch(String)).toMatchObject({ stdout: '' });
}, 240_000);

test('the sample sends its event', async () => {
  const env = { TOLLGATE_URL: system.url, TOLLGATE_API_KEY: system.apiKey };
  const { stdout } = await run(process.execPath, [sample], { env });
  const found = await processedEvent(checkedSdk(system.url).connect(system.apiKey), stdout.trim());
  expect(found.event).toMatchObject({ eventName: 'model.usage', properties: { tokens: '1250' } });
}, 60_000);

// The packages of the functions are one small file that a bare Node can require, without its source map.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleFunction } from '../../lib/function-bundle.ts';
import { maxBundleBytes } from '../support/bundle-bounds.ts';
import { functionNames } from '../../shared/config.ts';

/** Bytes that the credential chain would add to each bundle. */
const chainBytes = 130_000;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollgate-packages-'));
  await Promise.all(
    functionNames.flatMap((name) => [
      bundleFunction(name, join(folder, name)),
      bundleFunction(name, join(folder, `${name}-with-chain`), { hasCredentialChain: true }),
    ]),
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(functionNames)('the package of %s', (name) => {
  test('the package is small, and the source map is outside of it', async () => {
    const files = name === 'catalog' ? ['index.js', 'openapi.json'] : ['index.js'];
    expect((await readdir(join(folder, name))).sort()).toEqual(files);
    const { size } = await stat(join(folder, name, 'index.js'));
    expect(size).toBeLessThanOrEqual(maxBundleBytes[name]);
    expect((await stat(join(folder, `${name}-with-chain`, 'index.js'))).size - size).toBeGreaterThan(chainBytes);
    expect(await readdir(folder)).toContain(`${name}.js.map`);
  });

  test('the package can be required by itself, and names the missing environment variable', async () => {
    const script = `require(${JSON.stringify(join(folder, name))}).handler({}, {}).catch((error) => { throw error; })`;
    const run = promisify(execFile)(process.execPath, ['-e', script], { cwd: tmpdir(), env: {} });
    await expect(run).rejects.toThrow(`environment of ${name}: AWS_REGION`);
  });
});

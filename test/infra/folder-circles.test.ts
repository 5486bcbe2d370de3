// The rule that keeps folders from importing each other, on a planted circle.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const folder = join('.tollgate', 'folder-circles');

const plant = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, folder, path, '..'), { recursive: true });
    writeFileSync(join(root, folder, path), text);
  }
};

const violations = async (): Promise<readonly string[]> => {
  const config = await extractDepcruiseConfig(join(root, '.dependency-cruiser.cjs'));
  const { output } = await cruise([folder], {
    ...config.options,
    baseDir: root,
    ruleSet: { forbidden: config.forbidden ?? [] },
    validate: true,
  });
  if (typeof output === 'string') throw new Error('no result');
  return output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
};

beforeAll(() => {
  plant({
    'a/one.ts': "export { two } from '../b/two.ts';\n",
    'b/two.ts': 'export const two = 2;\n',
  });
});
afterAll(() => {
  rmSync(join(root, folder), { recursive: true });
});

test('folders may import one way, and a circle of two folders is found though no two files import each other', async () => {
  expect(await violations()).toEqual([]);
  plant({ 'b/three.ts': "export { four } from '../a/four.ts';\n", 'a/four.ts': 'export const four = 4;\n' });
  expect(await violations()).toEqual([
    `no-circular-folders: ${folder}/a → ${folder}/b`,
    `no-circular-folders: ${folder}/b → ${folder}/a`,
  ]);
});

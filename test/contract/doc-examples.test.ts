// Compiles and runs every `@example` of the docblocks. Their imports are paths of the repository.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, '.tollgate', 'doc-examples');
const folders = ['cli', 'functions', 'lib', 'shared'];

interface Example {
  readonly source: string;
  /** File that the code is written to. */
  readonly file: string;
  readonly code: string;
}

const toCode = (example: string, source: string): string => {
  const code = /^\s*```ts\n(.*?)```/s.exec(example)?.[1];
  if (code === undefined) throw new Error(`an @example in ${source} is not a block of TypeScript`);
  return code.replace(new RegExp(`(from ')(?=(?:${folders.join('|')})/)`, 'g'), '$1../../');
};

const examplesOf = (source: string): Example[] =>
  [...readFileSync(join(root, source), 'utf8').matchAll(/\/\*\*.*?\*\//gs)]
    .flatMap(([docblock]) =>
      docblock
        .replaceAll(/^ *\* ?/gm, '')
        .split('@example')
        .slice(1),
    )
    .map((example, index) => ({
      source,
      file: `${source.replace(/\.ts$/, '').replaceAll('/', '-')}-${String(index + 1)}.ts`,
      code: toCode(example, source),
    }));

const examples = folders
  .flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((path) => join(name, path)),
  )
  .filter((path) => path.endsWith('.ts'))
  .flatMap(examplesOf);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, code } of examples) writeFileSync(join(folder, file), code);
  writeFileSync(join(folder, 'tsconfig.json'), '{"extends": "../../tsconfig.json", "include": ["*.ts"]}');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('examples in docblocks', () => {
  test.each([
    'functions/query/fold/fold-usage.ts',
    'shared/domain/codec/segment.ts',
    'shared/domain/matching/decision.ts',
    'shared/queue/event-queue.ts',
    'shared/store/table/table.ts',
  ])('there is one in %s', (port) => {
    expect(examples.map(({ source }) => source)).toContain(port);
  });

  test('all compile', () => {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status, stdout } = spawnSync(process.execPath, [compiler, '--project', folder], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  }, 240_000);

  test.each(examples)('$source: the example runs', ({ file }) => {
    const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', join(folder, file)], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

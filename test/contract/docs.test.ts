// The docs name only files, paths and scripts that exist.
import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';

const root = new URL('../..', import.meta.url).pathname;
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(https?:|#)/.test(target));

/** `shared/api/http/routes.ts`, `functions/processor`, … in code spans. */
const pathsOf = (text: string): string[] =>
  [...text.matchAll(/`((?:bin|cli|docs|functions|lib|shared|test)\/[\w./-]*)`/g)].map(([, path = '']) => path);

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(root, document), 'utf8');

  test('every link leads to a file that exists', () => {
    const broken = linksOf(text).filter((link) => !existsSync(join(root, dirname(document), link.replace(/#.*$/, ''))));
    expect(broken).toEqual([]);
  });

  test('every path in a code span exists', () => {
    expect(pathsOf(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('every npm script that the docs name exists', () => {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const { scripts } = v.parse(v.object({ scripts: v.record(v.string(), v.string()) }), JSON.parse(manifest));
  const named = documents.flatMap((document) => [
    ...readFileSync(join(root, document), 'utf8').matchAll(/`?npm (?:run ([\w:]+)|(start|test)\b)/g),
  ]);
  const unknown = named.map(([, run, short]) => run ?? short ?? '').filter((name) => !(name in scripts));
  expect(unknown).toEqual([]);
});

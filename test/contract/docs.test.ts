// The docs name only what exists.
import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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

/** `shared/api/routes.ts`, `functions/processor`, … in code spans. */
const pathsOf = (text: string): string[] =>
  [...text.matchAll(/`((?:bin|cli|docs|functions|lib|shared|test)\/[\w./-]*)`/g)].map(([, path = '']) => path);

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(root, document), 'utf8');

  test('links to files that exist', () => {
    const broken = linksOf(text).filter((link) => !existsSync(join(root, dirname(document), link.replace(/#.*$/, ''))));
    expect(broken).toEqual([]);
  });

  test('names paths that exist', () => {
    expect(pathsOf(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('the README names scripts that exist', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const scripts = Object.keys(Object(Reflect.get(Object(manifest), 'scripts')));
  const named = documents
    .flatMap((document) => [
      ...readFileSync(join(root, document), 'utf8').matchAll(/npm (?:run )?(start|test|[a-z]+)\b/g),
    ])
    .map(([, name = '']) => name)
    .filter((name) => !['ci', 'run'].includes(name));
  expect(named.filter((name) => !scripts.includes(name) && !['registry'].includes(name))).toEqual([]);
});

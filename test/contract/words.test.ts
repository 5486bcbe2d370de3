// Comments begin with a verb or a noun, and words that the glossary has replaced stay gone from code, tests and docs.
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

const itself = 'test/contract/words.test.ts';
const sources = ['bin', 'cli', 'functions', 'lib', 'shared', 'test']
  .flatMap(filesIn)
  .filter((file) => /\.(ts|mjs)$/.test(file) && file !== itself && !file.includes('node_modules'));
const documents = ['README.md', 'CONTRIBUTING.md', ...filesIn('docs').filter((file) => file.endsWith('.md'))];

/** Codes of warnings that keep an old word, because decisions are stored with them and clients read them. */
const keptCodes = /event_name_near_miss|customer_near_miss/g;
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8').replaceAll(keptCodes, '');

/** Returns the matches of a pattern as `path:line: match`. */
const found = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap((file) => {
    const text = textOf(file);
    return [...text.matchAll(pattern)].map(({ 0: match, index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${file}:${String(line)}: ${match}`;
    });
  });

describe('comments', () => {
  test('no docblock begins with "Of" or "What"', () => {
    expect(found(sources, /\/\*\*\s+(?:\*\s+)?(?:Of|What)\b.{0,60}/g)).toEqual([]);
  });

  test('no file begins with "Of" or "What"', () => {
    expect(found(sources, /^(?<![^])(?:#!.*\n)?\/\/ (?:Of|What)\b.{0,60}/g)).toEqual([]);
  });
});

describe('replaced words', () => {
  test.each([
    ['card', 'account', /\bcards?\b/gi],
    ['decider', 'matcher', /decider/gi],
    ['attribution', 'EventMatch', /attribution|attributeEvent/gi],
    [
      'near miss, near name',
      'similar name',
      new RegExp(`(?!${keptCodes.source})\\w*near[-_ ]?(?:miss|name)\\w*`, 'gi'),
    ],
    ['PriceHome, EntitlementHome', 'owner', /(?:Price|Entitlement)Home/g],
    ['FlightReader', 'BacklogReader', /(?<!In)FlightReader/g],
    ['novelty', 'firstSeen', /novelty/gi],
    ['fruitless', 'stalled', /fruitless/gi],
    ['patient', 'retrying', /\b(?:im)?patient(?:ly)?\b|patient(?:Call|ly)/gi],
    ['anew', 'again', /\banew\b/gi],
    ['for ever', 'forever', /\bfor ever\b/gi],
  ])('"%s" is now "%s"', (_, __, pattern) => {
    expect(found([...sources, ...documents], pattern)).toEqual([]);
  });

  test('the stores retry on a conflict; only the command line settles lines', () => {
    expect(
      found(
        sources.filter((file) => file.startsWith('shared/')),
        /settle/gi,
      ),
    ).toEqual([]);
  });
});

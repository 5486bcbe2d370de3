// Bytes that were written once must be read forever, as the same contents. The files are never edited: a new version of
// the format adds further files.
import { deepStrictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { decodeFeedItem } from '../../../shared/domain/codec/feed-item.ts';
import { decodeSegment, type SegmentContents } from '../../../shared/domain/codec/segment.ts';
import { parseJson } from '../../../shared/domain/json-text.ts';
import { someHour } from '../../support/builders/builders.ts';

const folder = new URL('../../fixtures/golden/codec/', import.meta.url);
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.bin'))
  .map((file) => file.slice(0, -'.bin'.length));
const expected = (name: string) => parseJson(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const bytesOf = (name: string): Uint8Array => readFileSync(new URL(`${name}.bin`, folder));

/** Customer and event name are not in a segment: each golden one has a single pair of them. */
const identities: Readonly<Record<string, { customer: string; name: string }>> = {
  'segment-1-single': { customer: 'customer-42', name: 'llm_call' },
  'segment-1-deflated': { customer: 'customer-42', name: 'api_call' },
  'segment-1-packed-property': { customer: 'customer-42', name: 'llm_call' },
};

test('all golden files exist', () => {
  expect(cases).toEqual([
    'feed-1',
    'segment-1-alphanumeric',
    'segment-1-deflated',
    'segment-1-hostile',
    'segment-1-long-numbers',
    'segment-1-packed-property',
    'segment-1-single',
    'segment-1-whole-objects',
  ]);
});

test.each(cases.filter((name) => name.startsWith('segment')))('%s decodes to its golden contents', (name) => {
  const identity = identities[name] ?? { customer: 'acme', name: 'llm.call' };
  const contents: SegmentContents = decodeSegment(bytesOf(name), identity);
  deepStrictEqual(contents, expected(name));
});

test('the golden feed item decodes to its events', () => {
  deepStrictEqual(decodeFeedItem(bytesOf('feed-1'), someHour), expected('feed-1'));
});

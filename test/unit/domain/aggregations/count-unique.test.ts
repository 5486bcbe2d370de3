// Values of COUNT_UNIQUE are stored by their hashes: what a page gives back must be what a fold makes.
import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { hashOfText } from '../../../../shared/domain/aggregations/count-unique.ts';

test.each([
  '',
  'gpt-4o',
  'ünïcode',
  '\ud800',
  'x'.repeat(10_000),
  ...Array.from({ length: 50 }, (_, n) => `value ${String(n)}`),
])('the hash of %j is the first 16 bytes of its SHA-256', (text) => {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  expect(hashOfText(text)).toBe(bytes.toString('base64url'));
});

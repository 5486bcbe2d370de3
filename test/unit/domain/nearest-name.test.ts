import { expect, test } from '@jest/globals';
import { nearestName, unknownNameRule } from '../../../shared/domain/nearest-name.ts';

const list = ['page_size', 'offset', 'order', 'external_customer_id', 'start_time', 'end_time', 'iter_last_key'];

test.each([
  ['limit', 'page_size'],
  ['pagesize', 'page_size'],
  ['pageSize', 'page_size'],
  ['ofset', 'offset'],
  ['from', 'start_time'],
  ['to', 'end_time'],
  ['start', 'start_time'],
  ['cursor', 'iter_last_key'],
  ['customer_id', 'external_customer_id'],
  ['externalCustomerId', 'external_customer_id'],
  ['zzz', undefined],
  ['x', undefined],
  ['constructor', undefined],
  ['x'.repeat(100_000), undefined],
])('the name %.30s is meant to be %s', (name, meant) => {
  expect(nearestName(name, list)).toBe(meant);
});

test('a synonym is suggested only where it is known', () => {
  expect(nearestName('page_size', ['limit', 'offset'])).toBe('limit');
  expect(nearestName('limit', ['offset'])).toBeUndefined();
  expect(nearestName('property_filters', ['filters'])).toBe('filters');
  expect(nearestName('filters', ['property_filters'])).toBe('property_filters');
  expect(unknownNameRule('propertes', ['properties'])).toBe('is not known; did you mean properties?');
  expect(unknownNameRule('zzz', ['properties'])).toBe('is not known');
});

test('names without any Latin letter or digit are not the nearest of each other', () => {
  expect(nearestName('模型', ['用量', '模型用量'])).toBeUndefined();
});

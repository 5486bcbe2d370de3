// The hash of a definition is in the key of its day pages: pages that were folded by other rules must not be found.
import { expect, test } from '@jest/globals';
import { type Definition, hashOfDefinition } from '../../../../shared/domain/usage/definition.ts';
import { aDefinition } from '../../../support/builders/definitions.ts';

const hash = (fields: Partial<Definition>): string => hashOfDefinition(aDefinition({ type: 'SUM', ...fields }));

test.each<[string, Partial<Definition>]>([
  ['EHS0-xNlUD9JqyoQ8Ps8ioY6', { field: 'ms' }],
  [
    's5NLg78ixCG5dv1uHn3mIy0M',
    {
      field: 'ms',
      filters: [{ key: 'region', values: ['', 'null'] }],
      requestFilters: [{ key: 'region', values: ['null'] }],
      groupBy: ['source'],
    },
  ],
  ['vPUBODRF5IuIQ5D-Ee0o_zXK', { type: 'MAX', expression: 'a + 0.5', multiplier: '0.5' }],
])('pages of %s are found as ever: %j', (known, fields) => {
  expect(hash(fields)).toBe(known);
});

test.each<[string, Partial<Definition>]>([
  ['f0JkXtk9lKiyy7msixDwP4eE', { type: 'COUNT_UNIQUE', field: 'user' }],
  ['GuG4H7rfLzBvDHU8_2-MMXf9', { type: 'MAX', field: 'ms', groupBy: ['properties.region'] }],
  ['CJ_pvtce4XpwMRlm5LUAWOh5', { field: 'ms', requestFilters: [{ key: 'region', values: ['eu', ''] }] }],
  ['F--Nf0ZKExtE7FStpK8ShHl_', { field: 'usage.ms' }],
  ['6gW9WvYvuK-mMYo5ufCTC5XJ', { field: 'ms', filters: [{ key: 'place.region', values: ['eu'] }] }],
  ['_2GAYHJ_ACfxAuGA1UvcQXN1', { field: 'ms', requestFilters: [{ key: 'place.region', values: ['eu'] }] }],
])('pages of %s, where null was a text or dots led nowhere, are not found: %j', (old, fields) => {
  expect(hash(fields)).not.toBe(old);
});

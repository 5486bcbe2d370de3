// The laws of the stores, run on every implementation of the table.
import { describe } from '@jest/globals';
import type { Table } from '../../../shared/store/table/table.ts';
import { describeArrivals } from './arrivals-suite.ts';
import { describeCatalog } from './catalog-suite.ts';
import { describeClaims } from './claims-suite.ts';
import { describeCounters } from './counters-suite.ts';
import { describeFeed } from './feed-suite.ts';
import { describeKeys } from './keys-suite.ts';
import { describeSegments } from './segments-suite.ts';

/** Registers the tests; `table` answers once they run. */
export const describeStores = (table: () => Table): void => {
  describe('claims', () => {
    describeClaims(table);
  });
  describe('segments', () => {
    describeSegments(table);
  });
  describe('feed', () => {
    describeFeed(table);
  });
  describe('arrivals', () => {
    describeArrivals(table);
  });
  describe('late markers and scopes', () => {
    describeCounters(table);
  });
  describe('catalog', () => {
    describeCatalog(table);
  });
  describe('API keys and rate buckets', () => {
    describeKeys(table);
  });
};

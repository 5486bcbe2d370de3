// Day pages that are stored must be read forever, or folded again at a cost: the bytes of version 1, for every aggregation.
import { expect, test } from '@jest/globals';
import { encodeSegment, openSegment } from '../../../shared/domain/codec/segment.ts';
import { type Aggregation, type AggregationType, aggregationTypes } from '../../../shared/domain/meters/meter.ts';
import { decodeDayPage, encodeDayPage, slotMsOf } from '../../../shared/domain/usage/day-page.ts';
import { definitionOfMeter } from '../../../shared/domain/usage/definition.ts';
import { foldInto, type SlotStates } from '../../../shared/domain/usage/usage-fold.ts';
import { aMeter, anEvent, aSegment } from '../../support/builders/builders.ts';
import { describePage } from '../../support/oracles/usage-states.ts';

const day = 20_514; // 2026-03-02
const dayStart = day * 86_400_000;
const events = [
  { id: 'a', at: 0, properties: { ms: 12, region: 'eu' } },
  { id: 'b', at: 1_500, properties: { ms: '-0.25', region: 'us' } },
  { id: 'c', at: 899_999, properties: { ms: 'slow', region: 'eu' } },
  { id: 'd', at: 3_600_000, properties: { ms: '12345678901234567890.5', region: 'eu' } },
  { id: 'e', at: 3_600_001, properties: { region: 1 } },
  { id: 'f', at: 3_600_002, properties: null },
].map(({ id, at, properties }) => anEvent({ id, timestamp: dayStart + at, properties }));

/** Settings of an aggregation of each type, besides the type. */
const settings: Readonly<Record<AggregationType, Omit<Aggregation, 'type'>>> = {
  COUNT: {},
  SUM: { field: 'ms' },
  AVG: { field: 'ms' },
  COUNT_UNIQUE: { field: 'region' },
  LATEST: { field: 'ms' },
  SUM_WITH_MULTIPLIER: { field: 'ms', multiplier: '0.5' },
  MAX: { field: 'ms', bucketSize: 'HOUR', groupBy: 'region' },
  WEIGHTED_SUM: { field: 'ms' },
  MIN: { field: 'ms' },
};

const golden: Readonly<Record<AggregationType, string>> = {
  COUNT: 'AQABAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAABcBAltdAgAAAAEAAAAAAwAABAABAAAAAAMApBHBHg==',
  SUM: 'AQEBAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAABcBAltdAgAAAAEAAAAAAwIAAAABAgAAAAAAAASXAAQAAQAAAAADAQAAAAL/FjEyMzQ1Njc4OTAxMjM0NTY3ODkwLjUQSD94',
  AVG: 'AQIBAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAABcBAltdAgAAAAEAAAAAAwIAAAABAgAAAAAAAASXAAQAAQAAAAADAQAAAAL/FjEyMzQ1Njc4OTAxMjM0NTY3ODkwLjUJJEEl',
  COUNT_UNIQUE:
    'AQMBAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAABcBAltdAgAAAAEAAAAAAwAABAQAAAABAQAAAAACAANNAoKUGq8taU3aok/KdeUDEQAAAAAAAAAAAAAAea2yovzlxrohX+Xyf1MtTgEAAAAAAAAAAAAAAGuGsnP/NPzhnWuATv9aP1cQAAAAAAAAAAAAAABse7s8',
  LATEST:
    'AQQBAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAABcBAltdAgAAAAEAAAAAAwIAAAABAA27nwFjAAAAAAAAAAAAAAQAAQAAAAADAQAAAAIAAAACAWYAAAAAAAAAAAC0S1tS',
  SUM_WITH_MULTIPLIER:
    'AQUBAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAABcBAltdAgAAAAEAAAAAAwIAAAABAwAAAAAAABbzAAQAAQAAAAADAQAAAAL/FjYxNzI4Mzk0NTA2MTcyODM5NDUuMjX9h7Wb',
  MAX: 'AQYBAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAABcEBlsiZXUiXQZbInVzIl0FWyIxIl0EWyIiXQIAAAACAAAAAAICAAAAAQAAAAAAAAAADAEAAAABAAL/////////5wAEAAMAAAAAAQD/FjEyMzQ1Njc4OTAxMjM0NTY3ODkwLjUCAAAAAQEAAAABAAAAAAAAAAAAAwAAAAEBAAAAAQAAAAAAAAAAAKJKhDc=',
  WEIGHTED_SUM:
    'AQcBAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAABcBAltdAgAAAAEAAAAAAwIAAAABAgAAAAAAAASXAgAAAeTjhHTnAAQAAQAAAAADAQAAAAL/FjEyMzQ1Njc4OTAxMjM0NTY3ODkwLjX/HTIxODgxNjQ0MjQ3NTA5NjQ0NDI1NDE4MzU0NjAwolPFkQ==',
  MIN: 'AQgBAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAABcBAltdAgAAAAEAAAAAAwIAAAABAv/////////nAAQAAQAAAAADAQAAAAIAAAAAAAAAAAD/W99i',
};

test.each(aggregationTypes)('a day page of %s has the bytes of version 1, and is read from them', (type) => {
  const meter = aMeter({ aggregation: { type, ...settings[type] }, filters: [] });
  const definition = definitionOfMeter(meter);
  const slots: SlotStates = new Map();
  const slotMs = slotMsOf(definition);
  foldInto(slots, definition, openSegment(encodeSegment(aSegment(events))), (at) => Math.floor(at / slotMs) * slotMs);
  const page = { day, hours: new Map([0, 1, 23].map((hour) => [day * 24 + hour, hour])), slots };
  const bytes = Buffer.from(golden[type], 'base64');
  expect(Buffer.from(encodeDayPage(page, definition)).toString('base64')).toBe(golden[type]);
  expect(describePage(decodeDayPage(bytes, day, definition))).toEqual(describePage(page));
});

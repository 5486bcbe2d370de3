// Counters only grow, and none is lost: late markers by hour, the catalog version of a scope.
import { expect, test } from '@jest/globals';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { someHour, someInstant } from '../../support/builders/builders.ts';
import { newScope } from './new-scope.ts';

export const describeCounters = (table: () => Table): void => {
  test('late markers count by hour, for a customer and for the whole scope', async () => {
    const markers = createLateMarkerStore(table());
    const scope = newScope();
    await markers.raise(scope, 'acme', [someHour, someHour + 1]);
    await markers.raise(scope, 'acme', [someHour + 1, someHour + 200]);
    await markers.raise(scope, '*', [someHour + 2]);
    await markers.raise(scope, null, [someHour]);
    expect([...(await markers.read(scope, 'acme'))].sort()).toEqual([
      [someHour, 1],
      [someHour + 1, 2],
      [someHour + 200, 1],
    ]);
    expect([...(await markers.read(scope, '*'))]).toEqual([[someHour + 2, 1]]);
    expect([...(await markers.read(scope, null))]).toEqual([[someHour, 1]]);
    expect([...(await markers.read(scope, 'nobody'))]).toEqual([]);
  });

  test('late markers of many days are all read', async () => {
    const markers = createLateMarkerStore(table());
    const scope = newScope();
    const hours = Array.from({ length: 12 }, (_, day) => someHour - day * 24);
    await markers.raise(scope, 'acme', hours);
    expect((await markers.read(scope, 'acme')).size).toBe(12);
  });

  test('a scope is created once, and its version only grows', async () => {
    const scopes = createScopeStore(table());
    const scope = newScope();
    expect(await scopes.read(scope)).toEqual({ catalogVersion: 0, createdAt: 0, feedShards: 1 });
    await scopes.ensure(scope, someInstant);
    await Promise.all(Array.from({ length: 5 }, () => scopes.raiseVersion(scope)));
    await scopes.ensure(scope, someInstant + 1);
    expect(await scopes.read(scope)).toEqual({ catalogVersion: 5, createdAt: someInstant, feedShards: 1 });
  });
};

// Laws of names in the catalog, checked after every single effect: no two features are published under one lookup key, each
// is found by its key, and a key without an owner can be taken. Workers stop anywhere; writes are repeated, now or later.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { DependencyError } from '../../../../shared/dependency-error.ts';
import type { Feature } from '../../../../shared/domain/catalog/feature.ts';
import { FeatureSchema } from '../../../../shared/store/catalog/catalog-entities.ts';
import { createCatalogStore } from '../../../../shared/store/catalog/catalog-store.ts';
import { listedPartition, uniqueNameKey } from '../../../../shared/store/table/keys.ts';
import type { Table } from '../../../../shared/store/table/table.ts';
import { aFeature, aScope } from '../../../support/builders/builders.ts';
import { createMemoryTable, type MemoryTable } from '../../../support/drivers/memory-table.ts';

const keys = ['k', 'k2'] as const;
const noWait = () => Promise.resolve();
const ItemSchema = v.object({ isPending: v.boolean(), json: v.string() });

const publishedFeatures = (table: MemoryTable): Feature[] =>
  [...(table.partitions.get(listedPartition(aScope, 'FEATURE'))?.values() ?? [])]
    .map((item) => v.parse(ItemSchema, item))
    .filter(({ isPending }) => !isPending)
    .map(({ json }) => v.parse(FeatureSchema, JSON.parse(json)))
    .filter(({ status }) => status === 'published');

const findViolation = (table: MemoryTable): string | undefined => {
  const features = publishedFeatures(table);
  for (const { id, lookupKey } of features) {
    const holders = features.filter((other) => other.lookupKey === lookupKey);
    if (holders.length > 1) return `${String(holders.length)} are published as ${lookupKey}`;
    const { pk, sk } = uniqueNameKey(aScope, 'FEATURE', 'lookup_key', lookupKey);
    if (table.partitions.get(pk)?.get(sk)?.['id'] !== id) return `${id} is not found as ${lookupKey}`;
  }
  return undefined;
};

interface Fault {
  readonly kind: 'none' | 'lost' | 'later';
}

/** Schedules every effect; a write may take effect twice: at once (its response was lost), or again at any later time. */
const createFaultyTable = (scheduler: fc.Scheduler, faults: readonly Fault[]) => {
  const remaining = faults.values();
  const violations: string[] = [];
  const delayed: Promise<unknown>[] = [];
  const table = createMemoryTable({
    intercept: async (operation, apply) => {
      const run = () => {
        const answer = apply();
        const violation = findViolation(table);
        if (violation !== undefined) violations.push(violation);
        return answer;
      };
      const label = `${operation.name} ${operation.pk}`;
      await scheduler.schedule(Promise.resolve(), label);
      const isWrite = operation.name === 'put' || operation.name === 'set';
      const fault = isWrite ? (remaining.next().value?.kind ?? 'none') : 'none';
      if (fault === 'later') delayed.push(scheduler.schedule(Promise.resolve(), `later ${label}`).then(run));
      if (fault === 'lost') run();
      return run();
    },
  });
  return { table, violations, settled: () => Promise.allSettled(delayed) };
};

/** Returns the table of a worker that dies after so many requests. */
const dyingAfter = (table: Table, requests: number): Table => {
  let count = 0;
  const live = <T>(run: () => Promise<T>): Promise<T> => {
    count += 1;
    return count > requests ? Promise.reject(new DependencyError('transient', 'the worker died')) : run();
  };
  return {
    ...table,
    get: (key) => live(() => table.get(key)),
    put: (item, condition) => live(() => table.put(item, condition)),
    set: (key, attributes, condition) => live(() => table.set(key, attributes, condition)),
    add: (key, amounts, initial) => live(() => table.add(key, amounts, initial)),
  };
};

type Step =
  | { readonly kind: 'create'; readonly key: string }
  | { readonly kind: 'rename'; readonly target: string; readonly key: string }
  | { readonly kind: 'archive' | 'restore'; readonly target: string };

const aKey = fc.constantFrom(...keys);
const aTarget = fc.constantFrom('first', 'created-0', 'created-1');
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), key: aKey }),
  fc.record({ kind: fc.constant('rename' as const), target: aTarget, key: aKey }),
  fc.record({ kind: fc.constantFrom('archive' as const, 'restore' as const), target: aTarget }),
);
const aWorker = fc.record({ step: aStep, requests: fc.oneof(fc.constant(1_000), fc.integer({ min: 0, max: 12 })) });

const run = async (table: Table, step: Step, index: number): Promise<unknown> => {
  const { features } = createCatalogStore(table, noWait);
  if (step.kind === 'create') {
    return features.create(aScope, aFeature({ id: `created-${String(index)}`, lookupKey: step.key }));
  }
  return features.change(aScope, step.target, `write-${String(index)}`, (feature) => {
    if (step.kind === 'rename') return { ...feature, lookupKey: step.key };
    return { ...feature, status: step.kind === 'archive' ? 'archived' : 'published' };
  });
};

describe('names of the catalog under races', () => {
  test('a name has one owner, which is found by it, and is free when it has none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.record({ kind: fc.constantFrom('none' as const, 'lost' as const, 'later' as const) }), {
          maxLength: 25,
        }),
        fc.array(aWorker, { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        async (scheduler, faults, workers, hasFirst) => {
          const { table, violations, settled } = createFaultyTable(scheduler, faults);
          const { features } = createCatalogStore(table, noWait);
          if (hasFirst) await scheduler.waitFor(features.create(aScope, aFeature({ id: 'first', lookupKey: 'k' })));
          await scheduler.waitFor(
            Promise.allSettled(
              workers.map(({ step, requests }, index) => run(dyingAfter(table, requests), step, index)),
            ),
          );
          await scheduler.waitFor(settled());
          for (const key of keys) {
            const isTaken = publishedFeatures(table).some(({ lookupKey }) => lookupKey === key);
            const later = await scheduler.waitFor(
              features.create(aScope, aFeature({ id: `last-${key}`, lookupKey: key })),
            );
            expect(later.kind).toBe(isTaken ? 'name_taken' : 'written');
          }
          await scheduler.waitFor(settled());
          expect(violations).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

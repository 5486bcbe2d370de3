// Claims when DynamoDB fails: the unknown ones are unresolved, and the next delivery resolves them.
import { describe, expect, test } from '@jest/globals';
import { DependencyError } from '../../../../shared/dependency-error.ts';
import { createClaimStore, type ClaimRequest } from '../../../../shared/store/events/claims.ts';
import { claimKey } from '../../../../shared/store/table/keys.ts';
import type { AttributeValue } from '../../../../shared/store/table/table.ts';
import { anAcceptedEvent, aScope } from '../../../support/builders/builders.ts';
import { createMemoryTable, type Intercept } from '../../../support/drivers/memory-table.ts';

const throttled = new DependencyError('transient', 'throttled');
const request = (id: string, batch: '1' | '2' = '1', index = 0): ClaimRequest => ({
  scope: aScope,
  accepted: anAcceptedEvent({ id }),
  owner: { batchId: '01K7M3ZZZZ000000000000000'.concat(batch), index },
  expiresAt: undefined,
});
const unresolved = { kind: 'unresolved', cause: throttled };

/** Creates a table whose requests fail, or lose their response, by `fault`. */
const faulty = (fault: { on: (id: string) => 'fail' | 'lose' | undefined; name: string }) => {
  const intercept: Intercept = async (operation, apply) => {
    await Promise.resolve();
    const kind = operation.name === fault.name ? fault.on(operation.pk) : undefined;
    if (kind === 'fail') throw throttled;
    const result = apply();
    if (kind === 'lose') throw throttled;
    return result;
  };
  return createMemoryTable({ intercept });
};

describe('claim', () => {
  test('a failed put leaves its entries unresolved, and no others', async () => {
    const table = faulty({ name: 'put', on: (pk) => (pk.endsWith('a') ? 'fail' : undefined) });
    const outcomes = await createClaimStore(table).claim([request('a'), request('b', '1', 1), request('a', '1', 2)]);
    expect(outcomes).toEqual([unresolved, { kind: 'owned' }, unresolved]);
    expect(table.partitions.size).toBe(1);
  });

  test('a put whose response was lost is owned in the next delivery', async () => {
    let isDown = true;
    const claims = createClaimStore(faulty({ name: 'put', on: () => (isDown ? 'lose' : undefined) }));
    expect(await claims.claim([request('a')])).toEqual([unresolved]);
    isDown = false;
    expect(await claims.claim([request('a', '2'), request('a')])).toMatchObject([{ kind: 'taken' }, { kind: 'owned' }]);
  });

  test('a failed read leaves existing claims unresolved', async () => {
    let isDown = false;
    const claims = createClaimStore(faulty({ name: 'get', on: () => (isDown ? 'fail' : undefined) }));
    await claims.claim([request('a')]);
    isDown = true;
    expect(await claims.claim([request('a', '2'), request('b', '2', 1)])).toEqual([unresolved, { kind: 'owned' }]);
  });

  test('a claim that was released between put and read is unresolved, never owned', async () => {
    const table = createMemoryTable();
    await createClaimStore(table).claim([request('a')]);
    const claims = createClaimStore({ ...table, getMany: (keys) => Promise.resolve(keys.map(() => undefined)) });
    expect(await claims.claim([request('a')])).toMatchObject([{ kind: 'unresolved' }]);
  });

  test('a damaged claim is unresolved and harms no other entry', async () => {
    const table = createMemoryTable();
    await table.put({ ...claimKey(aScope, 'a'), o: 'not bytes' }, { kind: 'none' });
    const outcomes = await createClaimStore(table).claim([request('a'), request('b', '1', 1)]);
    expect(outcomes).toMatchObject([{ kind: 'unresolved' }, { kind: 'owned' }]);
  });
});

/** As "DynamoDB Item sizes and formats" counts: names and values in UTF-8 bytes, 3 for an empty map. */
const sizeOf = ([name, value]: [string, AttributeValue]): number => {
  if (typeof value === 'string') return name.length + Buffer.byteLength(value);
  if (typeof value === 'number') return name.length + Math.ceil(String(value).length / 2) + 1;
  return name.length + (value instanceof Uint8Array ? value.length : 3);
};

test('a claim costs one write unit while id, customer and event name stay under 880 bytes', async () => {
  const table = createMemoryTable();
  const accepted = anAcceptedEvent({
    id: 'i'.repeat(512),
    externalCustomerId: 'c'.repeat(300),
    name: 'n'.repeat(67),
    timestamp: 9_999_999_999_999,
  });
  await createClaimStore(table).claim([{ ...request(''), accepted, expiresAt: 1_900_000_000 }]);
  const [item] = [...table.partitions.values()].flatMap((partition) => [...partition.values()]);
  const size = Object.entries(item ?? {}).reduce((sum, attribute) => sum + sizeOf(attribute), 0);
  expect(size).toBeLessThanOrEqual(1024);
  expect(size).toBeGreaterThan(880);
});

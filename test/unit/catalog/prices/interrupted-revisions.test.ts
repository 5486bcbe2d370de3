// A revision of a price takes several writes: a request that dies between two of them leaves nothing half done.
import { expect, test } from '@jest/globals';
import { DependencyError } from '../../../../shared/dependency-error.ts';
import { call, idOf, idsOf } from '../../../support/drivers/api-request.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';
import { openShop } from '../../../support/drivers/subscribed.ts';

const revision = { amount: '3' };

/** Opens a shop with a subscription that has a price of its own, over a table that fails after `writesLeft` more writes. */
const open = async () => {
  const state = { writesLeft: Infinity };
  const table = createMemoryTable({
    intercept: async ({ name }, apply) => {
      const isRead = name === 'get' || name === 'query';
      if (!isRead && state.writesLeft === 0) throw new DependencyError('transient', 'the request died');
      if (!isRead) state.writesLeft -= 1;
      return Promise.resolve(apply());
    },
  });
  const shop = await openShop(table);
  const subscription = idOf(await shop.subscribe({ start_date: '2026-01-01T00:00:00Z' }));
  const priceOfSubscription = await shop.createPrice({
    entity_type: 'SUBSCRIPTION',
    entity_id: subscription,
    meter_id: shop.meter,
  });
  /** Revises the price, and dies after so many writes. */
  const reviseAndDie = async (id: string, writes: number): Promise<void> => {
    state.writesLeft = writes;
    await call(shop.routes.updatePrice, { path: { id }, body: revision }).catch(() => undefined);
    state.writesLeft = Infinity;
  };
  const versionsOf = async (owner: string): Promise<readonly string[]> =>
    idsOf(await call(shop.routes.listPrices, { query: { entity_ids: [owner], allow_expired_prices: ['true'] } }));
  return { ...shop, subscription, priceOfSubscription, reviseAndDie, versionsOf };
};

test.each([0, 1, 2])(
  'every version of a price of a subscription is found by its id, when its revision died after %i writes',
  async (writes) => {
    const { routes, subscription, priceOfSubscription, reviseAndDie, versionsOf } = await open();
    await reviseAndDie(priceOfSubscription, writes);
    const versions = await versionsOf(subscription);
    expect(versions).toHaveLength(writes < 2 ? 1 : 2);
    for (const id of versions) expect(await call(routes.getPrice, { path: { id } })).toMatchObject({ body: { id } });
    const again = await call(routes.updatePrice, { path: { id: priceOfSubscription }, body: revision });
    expect(again).toMatchObject(writes < 2 ? { body: { amount: '3' } } : { code: 'invalid_operation' });
  },
);

test.each([0, 1, 2])(
  'a price of a plan has its next version after a repeat, when its revision died after %i writes',
  async (writes) => {
    const { routes, plan, usage, reviseAndDie, versionsOf } = await open();
    await versionsOf(plan);
    await reviseAndDie(usage, writes);
    const again = await call(routes.updatePrice, { path: { id: usage }, body: revision });
    expect(again).toMatchObject(writes === 0 ? { body: { amount: '3' } } : { code: 'invalid_operation' });
    expect(await versionsOf(plan)).toHaveLength(2);
  },
);

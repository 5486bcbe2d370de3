// Events that no line bills: the preview tells them by name and cause, so that nobody has to look for what is missing on a bill.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createClient, hours, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { type Billing, createMeter, createPrice, setUpBilling } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';

const UnbilledSchema = v.object({
  complete: v.boolean(),
  groups: v.array(v.looseObject({ event_name: v.string(), cause: v.string(), count: v.number() })),
});
const ItemSchema = v.object({ id: v.string() });
const ItemsSchema = v.object({ line_items: v.array(ItemSchema) });

describe('events that no line bills', () => {
  const client = createClient(useDriver());
  let billing: Billing;
  const preview = async (fields: object = {}) =>
    objectOf(
      await client.call('POST', '/v1/invoices/preview', {
        subscription_id: billing.subscriptionId,
        period_start: client.ago(hours(48)),
        period_end: client.ago(-hours(1)),
        ...fields,
      }),
    );
  const unbilled = async () =>
    v.parse(UnbilledSchema, (await preview({ include: ['unbilled_events'] }))['unbilled_events']);
  const at = (hoursAgo: number, name = billing.eventName, fields: object = {}) => ({
    event_id: unique('evt'),
    event_name: name,
    external_customer_id: billing.customer,
    timestamp: client.ago(hours(hoursAgo)),
    ...fields,
  });

  beforeAll(async () => {
    billing = await setUpBilling(client);
  }, 20_000);

  test('are told by name and cause, with their number, their times and an example', async () => {
    const { eventName, planId, meterId } = billing;
    const [filtered, unpriced, unsold] = [unique('filtered'), unique('unpriced'), unique('unsold')];
    const filters = [{ key: 'model', values: ['x'] }];
    const filterMeter = await createMeter(client, filtered, { filters });
    const unpricedMeter = await createMeter(client, unpriced);
    // Its price is younger than the subscription, which has no line item for it.
    const unsoldMeter = await createMeter(client, unsold);
    await createPrice(client, planId, unsoldMeter);
    const mistaken = [at(3, eventName.toUpperCase()), at(2, eventName.toUpperCase())];
    await sendBulk(client, [at(1), ...mistaken, at(1, filtered), at(1, unpriced), at(1, unsold)]);

    const { complete, groups } = await unbilled();
    expect(complete).toBe(true);
    expect(groups).toHaveLength(4);
    expect(groups[0]).toEqual({
      cause: 'no_meter',
      event_name: eventName.toUpperCase(),
      count: 2,
      first_time: mistaken[0]?.timestamp,
      last_time: mistaken[1]?.timestamp,
      example_event_id: mistaken[0]?.event_id,
      similar_names: [eventName],
      message: `no meter has this event name: did you mean ${eventName}?`,
    });
    expect(
      new Map(groups.map(({ event_name: name, cause, meter_id: id }) => [name, `${cause} ${String(id)}`])),
    ).toEqual(
      new Map([
        [eventName.toUpperCase(), 'no_meter undefined'],
        [filtered, `meter_filter ${filterMeter}`],
        [unpriced, `no_price ${unpricedMeter}`],
        [unsold, `no_line_item ${unsoldMeter}`],
      ]),
    );
    expect(meterId).not.toBe('');
  });

  test('may lie before, between or after the line items', async () => {
    billing = await setUpBilling(client);
    const { subscriptionId, priceId } = billing;
    const [first] = v.parse(ItemsSchema, await client.call('GET', `/v1/subscriptions/${subscriptionId}`)).line_items;
    await client.call('DELETE', `/v1/subscriptions/lineitems/${first?.id ?? ''}`, {
      effective_from: client.ago(hours(10)),
    });
    await sendBulk(client, [at(30), at(20), at(8), at(2)]);
    const causes = async () =>
      (await unbilled()).groups.map(
        ({ cause, count, sub_line_item_id: id }) => `${String(count)} ${cause} ${String(id)}`,
      );
    expect(await causes()).toEqual([
      `2 after_line_item ${String(first?.id)}`,
      `1 before_line_item ${String(first?.id)}`,
    ]);
    await client.call('POST', `/v1/subscriptions/${subscriptionId}/lineitems`, {
      price_id: priceId,
      start_date: client.ago(hours(4)),
    });
    expect(await causes()).toEqual([
      `1 before_line_item ${String(first?.id)}`,
      `1 between_line_items ${String(first?.id)}`,
    ]);
  });

  test('are told only if they are asked for', async () => {
    expect(await preview()).not.toHaveProperty('unbilled_events');
    expect(await preview({ include: [] })).not.toHaveProperty('unbilled_events');
    const body = { subscription_id: billing.subscriptionId, include: ['unbilled'] };
    expect(await client.driver.request('POST', '/v1/invoices/preview', body)).toMatchObject({
      status: 400,
      body: { details: { 'include[0]': expect.stringContaining('unbilled_events') } },
    });
  });
});

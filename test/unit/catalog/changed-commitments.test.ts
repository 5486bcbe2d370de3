// Changes of commitments over the routes: an end of the line item and a successor, in one write.
import { describe, expect, test } from '@jest/globals';
import { idOf } from '../../support/drivers/api-request.ts';
import { committed, nightHours, openHourly, peakHours, windowed } from '../../support/drivers/committed.ts';

describe('a change of a commitment', () => {
  const february = '2026-02-01T00:00:00Z';

  test('a change of a commitment ends the line item and starts a successor at the same price', async () => {
    const { subscribed, usage } = await openHourly();
    const { itemsOf, update, get } = await subscribed();
    const [item] = await itemsOf();
    const answer = await update(item?.id ?? '', { ...committed, effective_from: february });
    expect(answer).toMatchObject({
      status: 200,
      body: { price_id: usage, start_date: february, commitment_amount: '100', commitment_overage_factor: '1.5' },
    });
    expect(await get()).toMatchObject({
      body: {
        line_items: [{ id: item?.id, end_date: february }, {}, { commitment_amount: '100' }],
        history: [
          { field: `line_items.${String(item?.id)}.end_date`, new: february },
          { old: null, new: { price_id: usage, commitment_amount: '100', commitment_overage_factor: '1.5' } },
        ],
      },
    });
    const raised = await update(idOf(answer), {
      commitment_amount: '200',
      amount: '9',
      effective_from: '2026-03-01T00:00:00Z',
    });
    expect(raised).toMatchObject({
      body: { commitment_amount: '200', commitment_overage_factor: '1.5', price: { amount: '9' } },
    });
    const ended = await update(idOf(raised), { commitment_amount: 0, effective_from: '2026-04-01T00:00:00Z' });
    expect(ended).toMatchObject({ status: 200, body: { price: { amount: '9' } } });
    expect(ended).not.toHaveProperty('body.commitment_amount');
  });

  test('a change of the price keeps the commitment; a change of neither keeps the line item', async () => {
    const { subscribed, hourly } = await openHourly();
    const { add, update, itemsOf } = await subscribed();
    const id = idOf(await add({ price_id: hourly, ...committed, ...windowed(peakHours) }));
    const before = (await itemsOf()).find((item) => item.id === id)?.commitment_time_buckets;
    expect(await update(id, { commitment_amount: '100', commitment_windowed: true })).toMatchObject({ body: { id } });
    const answer = await update(id, { amount: '7', effective_from: february });
    expect(answer).toMatchObject({ body: { commitment_amount: '100', commitment_time_buckets: before } });
    expect(idOf(answer)).not.toBe(id);
  });

  test('a change of time buckets replaces all of them; one that is named keeps its price', async () => {
    const { subscribed, hourly } = await openHourly();
    const { add, update, itemsOf } = await subscribed();
    const id = idOf(await add({ price_id: hourly, ...windowed(peakHours, nightHours) }));
    const [peak, night] = (await itemsOf()).find((item) => item.id === id)?.commitment_time_buckets ?? [];
    const kept = { ...peakHours, id: peak?.id, price: null, commitment_value: '8' };
    const noon = { ...peakHours, start: { hour: 12 }, end: { hour: 13 } };
    const answer = await update(id, { commitment_time_buckets: [kept, noon] });
    expect(answer).toMatchObject({
      body: { commitment_time_buckets: [{ ...peak, commitment_value: '8' }, { start: { hour: 12, minute: 0 } }] },
    });
    expect(JSON.stringify(answer)).not.toContain(night?.price_id);
    const gone = await update(idOf(answer), {
      commitment_time_buckets: [{ ...nightHours, id: night?.id, price: null }],
    });
    expect(gone).toMatchObject({
      details: { 'commitment_time_buckets[0].id': 'must be a time bucket of the line item' },
    });
    const [last] = (await itemsOf()).slice(-1);
    expect(last?.id).toBe(idOf(answer));
  });

  test('a change that states the present commitment, with its time buckets and their prices, keeps the line item', async () => {
    const { subscribed, hourly } = await openHourly();
    const { add, update, get } = await subscribed();
    const id = idOf(await add({ price_id: hourly, ...committed, ...windowed(peakHours, nightHours) }));
    const before = await get();
    const again = { ...committed, ...windowed(nightHours, peakHours), effective_from: february };
    expect(await update(id, again)).toMatchObject({ status: 200, body: { id } });
    expect(await get()).toMatchObject({ body: { history: [{}], line_items: [{}, {}, { id }] } });
    expect(JSON.stringify(await get())).toContain(
      JSON.stringify(before).match(/"commitment_time_buckets":\[.*?\]/)?.[0],
    );
    const price = { ...peakHours.price, amount: '77' };
    expect(idOf(await update(id, { ...again, ...windowed(nightHours, { ...peakHours, price }) }))).not.toBe(id);
  });

  test('a change of a commitment that breaks a rule is refused, also together with the present terms', async () => {
    const { subscribed } = await openHourly();
    const { itemsOf, update, get } = await subscribed();
    const [item] = await itemsOf();
    const before = await get();
    expect(await update(item?.id ?? '', { commitment_quantity: 5 })).toMatchObject({
      details: { commitment_overage_factor: 'required' },
    });
    expect(await update(item?.id ?? '', { commitment_windowed: true })).toMatchObject({
      details: { commitment_windowed: 'only with a commitment' },
    });
    expect(await get()).toEqual(before);
  });
});

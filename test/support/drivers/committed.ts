// A shop with a second price, of a meter with buckets of an hour, and commitments that one may make there.
import * as v from 'valibot';
import { call, idOf } from './api-request.ts';
import { aMeterRequest } from './catalog-routes.ts';
import { openShop } from './subscribed.ts';

const start = '2026-01-01T00:00:00Z';
/** Commitment of a line item. */
export const committed = { commitment_amount: '100', commitment_overage_factor: 1.5 };
/** A time bucket of one who asks. */
export const peakHours = {
  start: { hour: 9 },
  end: { hour: 12 },
  price: { billing_model: 'FLAT_FEE', amount: '2', display_name: 'Peak' },
  commitment_type: 'amount',
  commitment_value: '5',
  overage_factor: '2',
  true_up_enabled: true,
};
export const nightHours = { ...peakHours, start: { hour: 22 }, end: { hour: 6 }, true_up_enabled: null };
export const windowed = (...buckets: object[]) => ({ commitment_windowed: true, commitment_time_buckets: buckets });

const Answer = v.object({
  body: v.object({
    line_items: v.array(
      v.object({
        id: v.string(),
        commitment_time_buckets: v.exactOptional(v.array(v.object({ id: v.string(), price_id: v.string() }))),
      }),
    ),
  }),
});

/** A shop with a second price: of a meter with buckets of an hour. */
export const openHourly = async () => {
  const shop = await openShop();
  const { routes, make, createPrice } = shop;
  const hourlyMeter = await make(
    'createMeter',
    aMeterRequest({ name: 'Peaks', aggregation: { type: 'MAX', field: 'gb', bucket_size: 'HOUR' } }),
  );
  const hourly = await createPrice({ meter_id: hourlyMeter, display_name: 'Storage' });
  const subscribe = (fields: object = {}) => shop.subscribe({ start_date: start, ...fields });
  const subscribed = async (fields: object = {}) => {
    const subscription = idOf(await subscribe(fields));
    const get = () => call(routes.getSubscription, { path: { id: subscription } });
    const itemsOf = async () => v.parse(Answer, await get()).body.line_items;
    const add = (body: object) => call(routes.addLineItem, { path: { id: subscription }, body });
    const update = (id: string, body: object) => call(routes.updateLineItem, { path: { id }, body });
    return { subscription, get, itemsOf, add, update };
  };
  return { ...shop, hourlyMeter, hourly, subscribe, subscribed };
};

/** A body of JSON where words stand for ids. */
export const bodyWith = (fields: object, ids: Readonly<Record<string, string>>): object =>
  v.parse(v.looseObject({}), JSON.parse(JSON.stringify(fields).replace(/[A-Z]+_ID/g, (word) => ids[word] ?? word)));

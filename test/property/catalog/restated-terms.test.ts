// Law of restated terms: saying the terms that are there already, in any way and at any time, makes neither a line item nor a version.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { toTermsBody } from '../../../shared/api/prices/price-terms.ts';
import { toCommitmentBody } from '../../../shared/api/subscriptions/commitment-bodies.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import { lineCommitments } from '../../support/arbitraries/charge-arbitraries.ts';
import { priceTerms } from '../../support/arbitraries/price-arbitraries.ts';
import { call, idOf } from '../../support/drivers/api-request.ts';
import { openShop } from '../../support/drivers/subscribed.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const times = fc.integer({ min: 0, max: 300 * day }).map((age) => formatInstant(start + age));
/** Whole numbers end in a zero after the point, and other decimals in one more zero. */
const isPadded = fc.boolean();
const padded = (body: object): object =>
  v.parse(
    v.looseObject({}),
    JSON.parse(
      JSON.stringify(body).replace(
        /"((?:unit_|flat_|commitment_)?(?:amount|quantity)|commitment_overage_factor)":"([\d.]+)"/g,
        (_, name: string, decimal: string) => `"${name}":"${decimal}${decimal.includes('.') ? '0' : '.0'}"`,
      ),
    ),
  );

test('restated terms of a line item and of a price change nothing', async () => {
  const commitments = fc.option(lineCommitments(false), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      priceTerms,
      commitments,
      times,
      isPadded,
      fc.boolean(),
      async (terms, commitment, at, isLong, isPart) => {
        const { routes, createPrice, meter, subscribe } = await openShop();
        const stated = toTermsBody(terms);
        const price = await createPrice({ ...stated, meter_id: meter, start_date: undefined });
        const named = { start_date: formatInstant(start), include_price_ids: [] };
        const subscription = idOf(await subscribe(named));
        const committed = commitment ? toCommitmentBody(commitment) : {};
        const added = await call(routes.addLineItem, {
          path: { id: subscription },
          body: { price_id: price, start_date: formatInstant(start), ...committed },
        });
        const again = { ...stated, ...(isPart ? {} : committed) };
        const body = { ...(isLong ? padded(again) : again), effective_from: at };
        expect(await call(routes.updateLineItem, { path: { id: idOf(added) }, body })).toMatchObject({
          status: 200,
          body: { id: idOf(added), price_id: price, end_date: '0001-01-01T00:00:00Z' },
        });
        const shown = await call(routes.getSubscription, { path: { id: subscription } });
        expect(shown).toMatchObject({ body: { line_items: [{ id: idOf(added) }] } });
        expect(shown).not.toHaveProperty('body.line_items.1');

        const { transform_quantity, ...ofPrice } = stated;
        const restated = { ...ofPrice, transform_quantity, effective_from: at };
        expect(await call(routes.updatePrice, { path: { id: price }, body: restated })).toMatchObject({
          status: 200,
          body: { id: price },
        });
        expect(await call(routes.getPrice, { path: { id: price } })).not.toHaveProperty('body.end_date');
      },
    ),
    { numRuns: 60 },
  );
}, 30_000);

// Golden vectors of validation: which prices, meters, cancellations and subscriptions are accepted or refused.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createMeterSchema } from '../../shared/api/catalog/meters.ts';
import { parseBody } from '../../shared/api/http/parse-request.ts';
import { createPriceSchema } from '../../shared/api/prices/prices.ts';
import { ApiError } from '../../shared/api/http/problem.ts';
import { formatInstant } from '../../shared/domain/time/instant.ts';
import { call, idOf } from '../support/drivers/api-request.ts';
import { readVectors } from '../support/builders/golden.ts';
import { openShop } from '../support/drivers/subscribed.ts';

const day = 86_400_000;
const Any = v.looseObject({});
const Valid = v.object({ valid: v.boolean() });

/** `validation_error`, or nothing when the schema takes the body. */
const refusal = (schema: v.GenericSchema, body: object): string | undefined => {
  try {
    parseBody(schema, JSON.stringify(body));
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
};

describe('prices', () => {
  test.each(readVectors('price-validation.json', 'validate', Any, Valid))('$id', ({ input, expected }) => {
    expect(refusal(createPriceSchema(0), input)).toBe(expected.valid ? undefined : 'validation_error');
  });
});

describe('meters', () => {
  // The vectors leave out what is required of every meter.
  test.each(readVectors('meter-validation.json', 'validate', Any, Valid))('$id', ({ input, expected }) => {
    const body = { ...input, reset_usage: 'BILLING_PERIOD' };
    expect(refusal(createMeterSchema, body)).toBe(expected.valid ? undefined : 'validation_error');
  });
});

const Cancellation = v.object({
  cancellation_type: v.string(),
  proration_behavior: v.string(),
  cancel_at_relative_to_now: v.nullable(v.picklist(['-5d', '+5d'])),
});

describe('cancellations', () => {
  test.each(readVectors('cancel-validation.json', 'validate', Cancellation, Valid))(
    '$id',
    async ({ input: { cancel_at_relative_to_now: from, ...sent }, expected }) => {
      const { clock, routes, subscribe } = await openShop();
      const id = idOf(await subscribe({ start_date: '2026-01-01T00:00:00Z' }));
      const at = from === null ? null : formatInstant(clock.now + (from === '+5d' ? 5 : -5) * day);
      const answer = await call(routes.cancelSubscription, { path: { id }, body: { ...sent, cancel_at: at } });
      expect(answer).toMatchObject(expected.valid ? { status: 200 } : { code: 'validation_error' });
    },
  );
});

const Sent = v.record(v.string(), v.string());
const Outcome = v.object({
  valid: v.boolean(),
  subscription_status: v.exactOptional(v.string()),
  error_code: v.exactOptional(v.string(), 'validation_error'),
});

describe('subscriptions', () => {
  test.each(readVectors('subscription-validation.json', 'validate', Sent, Outcome))(
    '$id',
    async ({ input, expected }) => {
      const { clock, customer, plan, routes } = await openShop();
      const now = formatInstant(clock.now);
      // The words that vectors use for what only a system knows.
      const meanings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
        customer_id: { known: customer, unknown: 'cust_unknown' },
        external_customer_id: { known: 'acme', unknown: 'nobody' },
        plan_id: { unknown: 'plan_unknown' },
        billing_anchor: { now },
        end_date: { 'start - 24h': formatInstant(clock.now - day) },
      };
      const said = Object.entries(input).map(([field, value]) => [field, meanings[field]?.[value] ?? value] as const);
      const names = 'customer_id' in input || 'external_customer_id' in input;
      const body = {
        plan_id: plan,
        currency: 'usd',
        billing_period: 'MONTHLY',
        start_date: now,
        ...(!names && { customer_id: customer }),
        ...Object.fromEntries(said),
      };
      const answer = await call(routes.createSubscription, { body });
      if (!expected.valid) expect(answer).toMatchObject({ code: expected.error_code });
      else
        expect(answer).toMatchObject({
          status: 201,
          body: { subscription_status: expected.subscription_status ?? 'active' },
        });
    },
  );
});

import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { usageResetPeriods } from '../../../shared/domain/entitlement.ts';
import { nextUsageReset } from '../../../shared/domain/usage-reset.ts';
import { Instant, instant, readVectors } from '../../support/golden.ts';

const Input = v.object({
  now: Instant,
  subscription_start: Instant,
  subscription_end: v.nullable(Instant),
  billing_anchor: Instant,
  usage_reset_period: v.picklist(usageResetPeriods),
  timezone: v.string(),
});
/** What upstream refuses has no reset here. */
const Expected = v.union([
  v.pipe(
    v.object({ next_usage_reset_at: v.nullable(v.string()) }),
    v.transform(({ next_usage_reset_at: at }) => at),
  ),
  v.pipe(
    v.object({ error: v.literal('validation_error') }),
    v.transform(() => null),
  ),
]);

test.each(readVectors('entitlements.json', 'next_usage_reset', Input, Expected))('$id', ({ input, expected }) => {
  const reset = nextUsageReset(input.usage_reset_period, {
    now: input.now,
    subscriptionStart: input.subscription_start,
    subscriptionEnd: input.subscription_end ?? undefined,
    billingAnchor: input.billing_anchor,
    timezone: input.timezone,
  });
  expect(reset).toBe(expected === null ? undefined : instant(expected));
});

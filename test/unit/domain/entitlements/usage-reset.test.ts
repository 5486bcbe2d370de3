// Resets of usage: the golden vectors.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { usageResetPeriods } from '../../../../shared/domain/catalog/entitlement.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { nextUsageReset } from '../../../../shared/domain/entitlements/usage-reset.ts';
import { Instant, readVectors } from '../../../support/builders/golden.ts';

const Input = v.object({
  now: Instant,
  subscription_start: Instant,
  subscription_end: v.nullable(Instant),
  billing_anchor: Instant,
  usage_reset_period: v.picklist(usageResetPeriods),
  timezone: v.string(),
});
// Where upstream fails (a month before the subscription's start, a week), there is no reset to show.
const Expected = v.union([
  v.object({ next_usage_reset_at: v.nullable(Instant) }),
  v.pipe(
    v.object({ error: v.literal('validation_error') }),
    v.transform(() => ({ next_usage_reset_at: null })),
  ),
]);

const shown = (at: number | null | undefined): string | undefined =>
  at === undefined || at === null ? undefined : formatInstant(at);

describe('the next reset', () => {
  test.each(readVectors('entitlements.json', 'next_usage_reset', Input, Expected))('$id', ({ input, expected }) => {
    const next = nextUsageReset(input.usage_reset_period, {
      now: input.now,
      subscriptionStart: input.subscription_start,
      subscriptionEnd: input.subscription_end ?? undefined,
      billingAnchor: input.billing_anchor,
      timezone: input.timezone,
    });
    expect(shown(next)).toBe(shown(expected.next_usage_reset_at));
  });
});

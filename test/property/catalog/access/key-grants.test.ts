// Law: along any chain of keys that create keys, none expires later, has a higher rate or more roles than those before it.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { grantedExpiry, grantedRate, grantedRoles } from '../../../../functions/catalog/access/key-grants.ts';
import { ApiError } from '../../../../shared/api/http/problem.ts';
import { type Role, roles } from '../../../../shared/api/http/routes.ts';
import type { ApiKey, RateLimit } from '../../../../shared/domain/api-key.ts';
import { aCaller } from '../../../support/drivers/api-request.ts';

interface Power {
  readonly expiresAt: number | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly roles: readonly Role[];
}

const now = 1_000;
const rate = fc.integer({ min: 1, max: 9 });
const aRequest = fc.record({
  type: fc.constantFrom<ApiKey['type']>('private_key', 'publishable_key'),
  expiresAt: fc.option(fc.integer({ min: now - 1, max: now + 9 }), { nil: undefined }),
  rateLimit: fc.option(fc.record({ per_second: rate, burst: fc.option(rate) }), { nil: undefined }),
  roles: fc.option(fc.subarray([...roles], { minLength: 1 }), { nil: undefined }),
});
type AskedKey = typeof aRequest extends fc.Arbitrary<infer T> ? T : never;

const make = (maker: Power, { type, ...asked }: AskedKey): Power => ({
  expiresAt: grantedExpiry(maker.expiresAt, asked.expiresAt, now),
  rateLimit: grantedRate(maker.rateLimit, asked.rateLimit),
  roles: grantedRoles(aCaller({ roles: maker.roles }), type, asked.roles),
});

const isWithin = (power: Power, maker: Power): boolean =>
  (power.expiresAt ?? Infinity) <= (maker.expiresAt ?? Infinity) &&
  (power.rateLimit?.perSecond ?? Infinity) <= (maker.rateLimit?.perSecond ?? Infinity) &&
  (power.rateLimit?.burst ?? Infinity) <= (maker.rateLimit?.burst ?? Infinity) &&
  (maker.roles.includes('super_admin') || power.roles.every((role) => maker.roles.includes(role)));

test('a created key may do no more than any of its ancestors', () => {
  let made = 0;
  fc.assert(
    fc.property(fc.array(aRequest, { minLength: 1, maxLength: 6 }), (requests) => {
      const chain: Power[] = [{ expiresAt: undefined, rateLimit: undefined, roles }];
      for (const request of requests) {
        try {
          const key = make(chain.at(-1) ?? { expiresAt: undefined, rateLimit: undefined, roles }, request);
          expect(chain.every((before) => isWithin(key, before))).toBe(true);
          expect(key.expiresAt ?? Infinity).toBeGreaterThan(now);
          chain.push(key);
          made += 1;
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
        }
      }
    }),
  );
  expect(made).toBeGreaterThan(50);
});

// Limits what a key may grant to a key that it creates: no role, environment, expiry or rate beyond its own.
import type { Caller } from '../../../shared/api/http/caller.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Role } from '../../../shared/api/http/routes.ts';
import type { ApiKey, RateLimit } from '../../../shared/domain/api-key.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';

/** Rate limit as requested. */
export interface AskedRate {
  readonly per_second: number;
  readonly burst?: number | null | undefined;
}

const refused = (field: string, rule: string) => validationError(new Map([[field, rule]]));

/** Roles of a key when the request names none: a publishable key may send events, any other has the roles of its creator. */
const defaultRoles = ({ roles }: Caller, type: ApiKey['type']): readonly Role[] =>
  type === 'publishable_key' ? ['event_ingestor'] : roles;

export const grantedRoles = (
  caller: Caller,
  type: ApiKey['type'],
  asked: readonly Role[] = defaultRoles(caller, type),
): readonly Role[] => {
  const beyond = asked.filter((role) => !caller.roles.includes(role));
  if (caller.roles.includes('super_admin') || beyond.length === 0) return asked;
  throw new ApiError('permission_denied', 'A key can only grant roles that it has itself', { roles: beyond });
};

/** Returns the requested scope. A super_admin key may name another environment of its tenant. */
export const grantedScope = ({ scope, roles }: Caller, asked: Scope): Scope => {
  const isOwn = asked.tenantId === scope.tenantId && asked.environmentId === scope.environmentId;
  if (isOwn || (roles.includes('super_admin') && asked.tenantId === scope.tenantId)) return asked;
  throw new ApiError('permission_denied', 'A key can only create keys of its own tenant and environment');
};

/** Returns when the new key expires, in UTC milliseconds; undefined: never. `end`: when its creator expires. */
export const grantedExpiry = (end: number | undefined, asked: number | undefined, now: number): number | undefined => {
  if (asked === undefined) return end;
  if (asked <= now) throw refused('expires_at', 'must be in the future');
  if (end !== undefined && asked > end) {
    throw refused('expires_at', `must be at most ${formatInstant(end)}, when the key that creates it expires`);
  }
  return asked;
};

/** Returns the rate limit of the new key; undefined: none. `most`: the limit of its creator. */
export const grantedRate = (most: RateLimit | undefined, asked: AskedRate | undefined): RateLimit | undefined => {
  if (asked === undefined) return most;
  const { perSecond: mostPerSecond, burst: mostBurst } = most ?? { perSecond: Infinity, burst: Infinity };
  const check = (field: string, value: number, bound: number): void => {
    if (value > bound) {
      throw refused(`rate_limit.${field}`, `must be at most ${String(bound)}, the limit of the key that creates it`);
    }
  };
  const { per_second: perSecond, burst } = asked;
  check('per_second', perSecond, mostPerSecond);
  check('burst', burst ?? 0, mostBurst);
  return { perSecond, burst: burst ?? Math.min(perSecond, mostBurst) };
};

// What a key may give to a key that it makes: no role, environment, time or speed beyond its own.
import type { Caller } from '../../../shared/api/http/caller.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Role } from '../../../shared/api/http/routes.ts';
import type { ApiKey, RateLimit } from '../../../shared/domain/api-key.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';

/** What a request says of a rate. */
export interface AskedRate {
  readonly per_second: number;
  readonly burst?: number | null | undefined;
}

const refused = (field: string, rule: string) => validationError(new Map([[field, rule]]));

/** What is published sends events, unless it is asked for more. */
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

/** The environment may be another one of the tenant, for who may do everything in it. */
export const grantedScope = ({ scope, roles }: Caller, asked: Scope): Scope => {
  const isOwn = asked.tenantId === scope.tenantId && asked.environmentId === scope.environmentId;
  if (isOwn || (roles.includes('super_admin') && asked.tenantId === scope.tenantId)) return asked;
  throw new ApiError('permission_denied', 'A key can only create keys of its own tenant and environment');
};

/** UTC milliseconds; undefined: never. `end`: of the maker. */
export const grantedExpiry = (end: number | undefined, asked: number | undefined, now: number): number | undefined => {
  if (asked === undefined) return end;
  if (asked <= now) throw refused('expires_at', 'must be in the future');
  if (end !== undefined && asked > end) {
    throw refused('expires_at', `must be at most ${formatInstant(end)}, when the key that creates it expires`);
  }
  return asked;
};

/** `most`: of the maker; undefined: none. */
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

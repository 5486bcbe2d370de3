// The caller: what a checked API key stands for.
import type { RateLimit } from '../../domain/api-key.ts';
import type { Scope } from '../../domain/ids.ts';
import type { Role } from './routes.ts';

/** The caller of a request; `keyId` becomes `created_by` and `updated_by` of what the caller changes. */
export interface Caller {
  readonly keyId: string;
  readonly keyName: string;
  readonly scope: Scope;
  readonly roles: readonly Role[];
  /** UTC milliseconds, exclusive; absent: never. */
  readonly expiresAt?: number;
  /** Absent: none. */
  readonly rateLimit?: RateLimit;
}

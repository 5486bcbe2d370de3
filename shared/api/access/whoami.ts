// Tells a caller what its key stands for, so that a client can show what it may do before it tries.
import { formatInstant } from '../../domain/time/instant.ts';
import type { WhoAmIBody } from '../bodies/whoami.ts';
import type { Caller } from '../http/caller.ts';

/** The deployment that answers. */
export interface Deployment {
  readonly stage?: string;
  readonly isLive: boolean;
  readonly version: string;
}

export const toWhoAmIBody = (caller: Caller, { stage, isLive, version }: Deployment): WhoAmIBody => {
  const { keyId, keyName, scope, roles, expiresAt, rateLimit } = caller;
  return {
    key_id: keyId,
    name: keyName,
    tenant_id: scope.tenantId,
    environment_id: scope.environmentId,
    roles,
    ...(expiresAt !== undefined && { expires_at: formatInstant(expiresAt) }),
    ...(rateLimit && { rate_limit: { per_second: rateLimit.perSecond, burst: rateLimit.burst } }),
    ...(stage !== undefined && { stage }),
    live: isLive,
    version,
  };
};

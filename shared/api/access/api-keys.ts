// Schemas and conversions of API keys; roles and rate limits differ from the upstream.
import * as v from 'valibot';
import { type ApiKey, apiKeyTypes } from '../../domain/api-key.ts';
import type { ApiKeyBody } from '../bodies/api-keys.ts';
import { timeOrNull, toEntityBody } from '../entities/entity-body.ts';
import { closedObject } from '../http/known-fields.ts';
import {
  arraySchema,
  optionalInstant,
  refusedField,
  requiredShortText,
  wholeNumberSchema,
} from '../http/primitives.ts';
import type { ListSpec } from '../entities/lists.ts';
import { roles } from '../http/routes.ts';

const rateSchema = wholeNumberSchema(1, 1_000_000);
/** Id of a tenant or an environment. */
export const scopeIdSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 characters of A-Z a-z 0-9 _ -'),
);

export const createApiKeySchema = v.object({
  name: requiredShortText(255),
  type: v.picklist(apiKeyTypes),
  expires_at: optionalInstant,
  roles: v.nullish(arraySchema(v.picklist(roles), 1, roles.length)),
  rate_limit: v.nullish(v.object({ per_second: rateSchema, burst: v.nullish(rateSchema) })),
  tenant_id: v.nullish(scopeIdSchema),
  environment_id: v.nullish(scopeIdSchema),
  service_account_id: refusedField(),
});

/** Query of a revocation; `force`: even the longest-lived super_admin key. */
export const revokeApiKeyQuerySchema = closedObject({ force: v.nullish(v.picklist(['true', 'false']), 'false') });

export const toApiKeyBody = (key: ApiKey): ApiKeyBody => ({
  id: key.id,
  name: key.name,
  type: key.type,
  // The values that the upstream answers, which its clients may check.
  provider: 'flexprice',
  display_id: key.displayId,
  roles: key.roles,
  user_type: 'user',
  user_id: key.createdBy,
  expires_at: timeOrNull(key.expiresAt),
  last_used_at: null,
  ...(key.rateLimit && { rate_limit: { per_second: key.rateLimit.perSecond, burst: key.rateLimit.burst } }),
  ...toEntityBody(key.scope, key),
});

export const apiKeyListSpec: ListSpec = {
  fields: { id: 'text', name: 'text', type: 'text', status: 'text', updated_at: 'time', expires_at: 'time' },
  parameters: { type: { field: 'type', operator: 'eq' }, name: { field: 'name', operator: 'contains' } },
  flags: [],
  statuses: ['published'],
};

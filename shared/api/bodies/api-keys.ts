// Bodies of API keys; only the answer to a creation contains the secret.
import * as v from 'valibot';
import { apiKeyTypes } from '../../domain/api-key.ts';
import { type BodyOf, EntityBodySchema, instantText, wholeNumber } from './body.ts';

export const ApiKeyBodySchema = v.object({
  id: v.string(),
  name: v.string(),
  type: v.picklist(apiKeyTypes),
  provider: v.literal('flexprice'),
  display_id: v.pipe(v.string(), v.description('The secret with its middle masked.')),
  roles: v.array(v.string()),
  user_type: v.literal('user'),
  user_id: v.pipe(v.string(), v.description('The id of the API key that created it.')),
  expires_at: v.nullable(instantText),
  last_used_at: v.pipe(v.null(), v.description('Not recorded.')),
  rate_limit: v.exactOptional(v.object({ per_second: wholeNumber, burst: wholeNumber })),
  ...EntityBodySchema.entries,
});
export type ApiKeyBody = BodyOf<typeof ApiKeyBodySchema>;

export const CreatedApiKeyBodySchema = v.object({
  secret: ApiKeyBodySchema,
  api_key: v.pipe(v.string(), v.description('The secret to send as `x-api-key`. It is shown only this once.')),
});
export type CreatedApiKeyBody = BodyOf<typeof CreatedApiKeyBodySchema>;

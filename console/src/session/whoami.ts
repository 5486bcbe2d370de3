// The body of GET /v1/whoami: who a key is. It is stored in the browser with the key, so it is parsed like data from outside.
import * as v from 'valibot';

export const WhoamiSchema = v.object({
  key_id: v.string(),
  name: v.fallback(v.string(), ''),
  tenant_id: v.fallback(v.string(), ''),
  environment_id: v.fallback(v.string(), ''),
  roles: v.array(v.string()),
  expires_at: v.optional(v.string()),
  rate_limit: v.optional(v.unknown()),
  stage: v.optional(v.string()),
  live: v.fallback(v.boolean(), false),
  version: v.fallback(v.string(), ''),
});
export type Whoami = v.InferOutput<typeof WhoamiSchema>;

const writing = ['super_admin', 'catalog_admin', 'event_ingestor'] as const;

/** Returns the roles with which a page can change something. */
export const writeRoles = (who: Whoami): readonly string[] => writing.filter((role) => who.roles.includes(role));

/** Whether a key may call a route with these roles. */
export const mayCall = (who: Whoami, roles: readonly string[]): boolean =>
  who.roles.includes('super_admin') || roles.some((role) => who.roles.includes(role));

/** A key with all roles is never kept beyond the tab. */
export const mayRemember = (who: Whoami): boolean => !who.roles.includes('super_admin');

/** Returns whose data a key sees: two keys with the same one see the same. */
export const scopeName = (who: Whoami): string => `${who.tenant_id}.${who.environment_id}`;

export const environmentName = (who: Whoami): string =>
  [who.environment_id || 'default', who.stage].filter(Boolean).join(' · ');

// Words about keys: what a role allows, when a key expires, and what stops when one is revoked.
import type { AnswerOf } from '../../api/answers.ts';

export type ApiKey = AnswerOf<'listApiKeys'>['items'][number];

export const roleWords = [
  { role: 'event_reader', can: 'reads events, usage, charges and the catalog; changes nothing' },
  { role: 'event_ingestor', can: 'sends events; reads nothing' },
  { role: 'catalog_admin', can: 'creates and changes the catalog and keys; sends no events' },
  { role: 'super_admin', can: 'everything' },
] as const;
type RoleName = (typeof roleWords)[number]['role'];

/** Returns what the holder of a key can do no longer. */
export const whatStops = (roles: readonly string[]): string => {
  const has = (role: RoleName): boolean => roles.includes(role) || roles.includes('super_admin');
  const parts = [
    ...(has('event_ingestor') ? ['sending events'] : []),
    ...(has('event_reader') ? ['reading events, usage and charges'] : []),
    ...(has('catalog_admin') ? ['changing the catalog and keys'] : []),
  ];
  const last = parts.at(-1) ?? 'every call';
  return parts.length > 1 ? `${parts.slice(0, -1).join('; ')}; and ${last}` : last;
};

export const lifetimes = [
  { value: '1', label: '1 day' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '', label: 'Never expires' },
] as const;
type Lifetime = (typeof lifetimes)[number]['value'];

const dayMs = 86_400_000;

/** Returns when a key that is created now expires; undefined: never, or with the key that creates it. */
const expiryOf = (days: Lifetime, now: number): string | undefined =>
  days === '' ? undefined : new Date(now + Number(days) * dayMs).toISOString();

export type Expiry = 'never' | 'expired' | 'soon' | 'later';

/** Returns whether a key expires within a week, has expired, or neither. `now`: UTC milliseconds. */
export const expiryState = (expiresAt: string | null, now: number): Expiry => {
  if (expiresAt === null) return 'never';
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'expired';
  return left < 7 * dayMs ? 'soon' : 'later';
};

export interface NewKey {
  readonly name: string;
  readonly roles: readonly string[];
  readonly days: Lifetime;
  readonly perSecond: string;
  readonly burst: string;
}

const wholeOrText = (text: string): number | string => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : text);

/** Returns the body that creates a key; what is no number goes as it is, so that the API names the field. */
export const newKeyBody = ({ name, roles, days, perSecond, burst }: NewKey, now: number) => ({
  name,
  type: 'private_key',
  roles,
  ...(days !== '' && { expires_at: expiryOf(days, now) }),
  ...((perSecond !== '' || burst !== '') && {
    rate_limit: {
      ...(perSecond !== '' && { per_second: wholeOrText(perSecond) }),
      ...(burst !== '' && { burst: wholeOrText(burst) }),
    },
  }),
});

/** Returns the command that creates a key for the console: it reads, and expires in 30 days. `now`: UTC milliseconds. */
export const readerKeyCommand = (now: number): string => {
  const day = new Date(now + 30 * dayMs).toISOString().slice(0, 10);
  return `npx tollgate keys create console --role event_reader --expires-at ${day}T00:00:00Z`;
};

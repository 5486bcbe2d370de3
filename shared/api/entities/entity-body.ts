// Converts the fields that every entity has.
import type { Entity } from '../../domain/entity.ts';
import type { Scope } from '../../domain/ids.ts';
import { formatInstant, zeroTime } from '../../domain/time/instant.ts';
import type { BodyOf, EntityBodySchema } from '../bodies/body.ts';

export type EntityBody = BodyOf<typeof EntityBodySchema>;

export const toEntityBody = ({ tenantId, environmentId }: Scope, entity: Entity): EntityBody => ({
  tenant_id: tenantId,
  environment_id: environmentId,
  status: entity.status,
  created_at: formatInstant(entity.createdAt),
  updated_at: formatInstant(entity.updatedAt),
  created_by: entity.createdBy,
  updated_by: entity.updatedBy,
});

/** Returns a time that the upstream never omits: the zero time if there is none. */
export const timeOrZero = (instant: number | undefined): string =>
  instant === undefined ? zeroTime : formatInstant(instant);
/** Returns a time, or null if there is none. */
export const timeOrNull = (instant: number | undefined): string | null =>
  instant === undefined ? null : formatInstant(instant);

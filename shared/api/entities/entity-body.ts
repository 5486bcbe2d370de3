// What the body of every entity carries.
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

/** A time that the upstream never leaves out: the zero time when there is none. */
export const timeOrZero = (instant: number | undefined): string =>
  instant === undefined ? zeroTime : formatInstant(instant);
/** The same, null when there is none. */
export const timeOrNull = (instant: number | undefined): string | null =>
  instant === undefined ? null : formatInstant(instant);

// The fields that all catalog entities share.

/** Statuses of an entity: an `archived` one stays visible and can be published again; a `deleted` one remains only in history. */
export const entityStatuses = ['published', 'archived', 'deleted'] as const;
export type EntityStatus = (typeof entityStatuses)[number];
export type Metadata = Readonly<Record<string, string>>;

/** Common fields. Times are UTC milliseconds; `createdBy` and `updatedBy` are ids of API keys. */
export interface Entity {
  readonly id: string;
  readonly status: EntityStatus;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly createdBy: string;
  readonly updatedBy: string;
}

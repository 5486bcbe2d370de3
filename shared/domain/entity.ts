// What every catalog entity has in common.

/** `archived` ones stay visible and can be published again; `deleted` ones are gone for every reader but history. */
export const entityStatuses = ['published', 'archived', 'deleted'] as const;
export type EntityStatus = (typeof entityStatuses)[number];
export type Metadata = Readonly<Record<string, string>>;

/** All times are UTC milliseconds; `createdBy` and `updatedBy` are ids of API keys. */
export interface Entity {
  readonly id: string;
  readonly status: EntityStatus;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly createdBy: string;
  readonly updatedBy: string;
}

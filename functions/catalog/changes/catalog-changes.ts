// Common parts of the changes of meters, features, plans and prices.
import type { ApiRequest, ApiResponse } from '../../../shared/api/http/exchange.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Entity } from '../../../shared/domain/entity.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { CatalogChange } from '../../../shared/store/catalog/catalog-items.ts';
import type { CatalogStore } from '../../../shared/store/catalog/catalog-store.ts';

export interface CatalogDeps {
  readonly store: CatalogStore;
  /** Contains every change that was answered before the call. */
  readonly readCatalog: (scope: Scope) => Promise<Catalog>;
  readonly newUlid: () => string;
  /** UTC milliseconds. */
  readonly now: () => number;
}

/** Function of a route, with the stores that it needs. */
export type Handler<Deps> = (deps: Deps, request: ApiRequest) => Promise<ApiResponse>;

/** Author and time (UTC milliseconds) of a change. */
export interface Change {
  readonly by: string;
  readonly at: number;
}

/** Returns the fields that every new entity has. */
export const newEntity = (id: string, { by, at }: Change): Entity => ({
  id,
  status: 'published',
  createdAt: at,
  updatedAt: at,
  createdBy: by,
  updatedBy: by,
});

type Archivable = Entity & { readonly archivedAt?: number };

/** Returns the same entity when it has the status already. `archivedAt` is the last time it was archived, even if it was published again. */
export const withStatus = <E extends Archivable>(entity: E, status: Entity['status'], { by, at }: Change): E =>
  entity.status === status
    ? entity
    : { ...entity, status, updatedAt: at, updatedBy: by, ...(status === 'archived' && { archivedAt: at }) };

/** Returns what was written; throws ApiError for anything else. */
export const writtenOf = <E>(
  change: CatalogChange<E>,
  { what, takenMessage }: { readonly what: string; readonly takenMessage: string },
): E => {
  switch (change.kind) {
    case 'written':
      return change.entity;
    case 'missing':
      throw new ApiError('not_found', `${what} not found`);
    case 'name_taken':
      throw new ApiError('already_exists', takenMessage);
    case 'too_large':
      throw new ApiError('invalid_operation', `${what} may take at most 300 KB`);
  }
};

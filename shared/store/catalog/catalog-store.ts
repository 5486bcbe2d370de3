// Stores the catalog of a scope: meters, features, plans with their price lineages and entitlements, and price units, one item each.
import type { Entitlement } from '../../domain/catalog/entitlement.ts';
import type { Feature } from '../../domain/catalog/feature.ts';
import type { Scope } from '../../domain/ids.ts';
import type { Meter } from '../../domain/meters/meter.ts';
import type { Plan } from '../../domain/catalog/plan.ts';
import type { PriceLineage } from '../../domain/pricing/price.ts';
import type { PriceUnit } from '../../domain/pricing/price-unit.ts';
import { FeatureSchema, MeterSchema, PlanSchema, PriceUnitSchema } from './catalog-entities.ts';
import { createCatalogItems, type CatalogItems } from './catalog-items.ts';
import { createScopeStore } from './scopes.ts';
import type { Wait } from '../table/retry.ts';
import { EntitlementSchema, PriceLineageSchema } from './stored-entities.ts';
import type { Table } from '../table/table.ts';
import { createUniqueNameStore } from './unique-names.ts';

export interface CatalogStore {
  readonly meters: CatalogItems<Meter>;
  readonly features: CatalogItems<Feature>;
  readonly plans: CatalogItems<Plan>;
  readonly priceLineages: CatalogItems<PriceLineage>;
  readonly entitlements: CatalogItems<Entitlement>;
  readonly priceUnits: CatalogItems<PriceUnit>;
  /** Raises the version. Call it before refusing a request for an existing item, whose writer may have died before it raised it. */
  readonly raiseVersion: (scope: Scope) => Promise<void>;
}

const noName = (): string => '';
const nameOfPublished = ({ status, lookupKey }: Feature | Plan): string => (status === 'published' ? lookupKey : '');

/** Returns the lookup key of the open version; a lineage with an end has no name. */
const nameOfLineage = ({ versions }: PriceLineage): string => {
  const last = versions.at(-1);
  return last?.status === 'published' && last.endDate === undefined ? last.lookupKey : '';
};

/** Returns a name that allows one published entitlement of a feature per owner. Ids contain no `/`. */
const nameOfEntitlement = ({ status, entityType, entityId, featureId }: Entitlement): string =>
  status === 'published' ? `${entityType}/${entityId}/${featureId}` : '';

/** `wait` is set by tests. */
export const createCatalogStore = (table: Table, wait?: Wait): CatalogStore => {
  const { raiseVersion } = createScopeStore(table);
  const deps = { table, wait, raiseVersion, names: createUniqueNameStore(table, wait) };
  return {
    raiseVersion,
    meters: createCatalogItems<Meter>(deps, { type: 'METER', schema: MeterSchema, nameOf: noName }),
    features: createCatalogItems<Feature>(deps, { type: 'FEATURE', schema: FeatureSchema, nameOf: nameOfPublished }),
    plans: createCatalogItems<Plan>(deps, { type: 'PLAN', schema: PlanSchema, nameOf: nameOfPublished }),
    priceLineages: createCatalogItems<PriceLineage>(deps, {
      type: 'PRICE',
      schema: PriceLineageSchema,
      nameOf: nameOfLineage,
    }),
    entitlements: createCatalogItems<Entitlement>(deps, {
      type: 'ENTITLEMENT',
      schema: EntitlementSchema,
      nameField: 'grant',
      nameOf: nameOfEntitlement,
    }),
    priceUnits: createCatalogItems<PriceUnit>(deps, {
      type: 'PRICE_UNIT',
      schema: PriceUnitSchema,
      nameField: 'code',
      nameOf: ({ status, code }) => (status === 'published' ? code : ''),
    }),
  };
};

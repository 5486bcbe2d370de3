// A snapshot of one scope's catalog at one version, indexed for the decision. Inline meters of features are resolved here:
// such a meter counts only while its feature is published and names it.
import type { Entitlement } from './entitlement.ts';
import type { Feature } from './feature.ts';
import type { Meter } from './meter.ts';
import type { Plan } from './plan.ts';
import type { Price, PriceLineage } from './price.ts';
import type { PriceUnit } from './price-unit.ts';

export interface CatalogEntities {
  readonly meters: readonly Meter[];
  readonly features: readonly Feature[];
  readonly plans: readonly Plan[];
  readonly priceLineages: readonly PriceLineage[];
  readonly entitlements: readonly Entitlement[];
  readonly priceUnits: readonly PriceUnit[];
}

export interface Catalog {
  /** The catalog version read before the items: a lower bound of what this snapshot holds. */
  readonly version: number;
  /** Meters with their effective status, deleted ones left out. */
  readonly meters: ReadonlyMap<string, Meter>;
  readonly features: ReadonlyMap<string, Feature>;
  readonly plans: ReadonlyMap<string, Plan>;
  /** Every version of every price of a plan, by its own id. */
  readonly prices: ReadonlyMap<string, Price>;
  readonly entitlements: ReadonlyMap<string, Entitlement>;
  readonly priceUnits: ReadonlyMap<string, PriceUnit>;
  /** Published and archived meters of one exact event name. */
  readonly metersByEventName: ReadonlyMap<string, readonly Meter[]>;
  /** USAGE price versions by meter. */
  readonly usagePricesByMeter: ReadonlyMap<string, readonly Price[]>;
  /** The published feature that names a meter, if any. */
  readonly featureByMeter: ReadonlyMap<string, Feature>;
}

const groupBy = <T>(values: Iterable<T>, key: (value: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
};

const byId = <T extends { readonly id: string }>(values: Iterable<T>): Map<string, T> =>
  new Map(Array.from(values, (value) => [value.id, value]));

/** A meter as its owner lets it count; the owner's archive date ends it. */
const effectiveMeter = (meter: Meter, features: ReadonlyMap<string, Feature>): Meter | undefined => {
  if (meter.status === 'deleted') return undefined;
  if (meter.ownerFeatureId === undefined) return meter;
  const owner = features.get(meter.ownerFeatureId);
  if (owner?.meterId !== meter.id || owner.status === 'deleted') return undefined;
  if (owner.status === 'published' || meter.status === 'archived') return meter;
  return { ...meter, status: 'archived', archivedAt: owner.archivedAt ?? owner.updatedAt };
};

export const buildCatalog = (version: number, entities: CatalogEntities): Catalog => {
  const features = byId(entities.features.filter(({ status }) => status !== 'deleted'));
  const meters = byId(
    entities.meters.flatMap((meter) => {
      const effective = effectiveMeter(meter, features);
      return effective ? [effective] : [];
    }),
  );
  const prices = byId(entities.priceLineages.flatMap(({ versions }) => versions));
  const usagePrices = [...prices.values()].filter(({ type, status }) => type === 'USAGE' && status === 'published');
  const featureByMeter = new Map<string, Feature>();
  for (const feature of features.values()) {
    if (feature.meterId !== undefined && feature.status === 'published') featureByMeter.set(feature.meterId, feature);
  }
  return {
    version,
    meters,
    features,
    plans: byId(entities.plans.filter(({ status }) => status !== 'deleted')),
    prices,
    entitlements: byId(entities.entitlements.filter(({ status }) => status === 'published')),
    priceUnits: byId(entities.priceUnits.filter(({ status }) => status !== 'deleted')),
    metersByEventName: groupBy(meters.values(), ({ eventName }) => eventName),
    usagePricesByMeter: groupBy(usagePrices, ({ meterId }) => meterId),
    featureByMeter,
  };
};

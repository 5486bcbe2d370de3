// A snapshot of one scope's catalog at one version, indexed for the decision. What counts only with its feature is resolved
// here: an inline meter while that is published and names it, an entitlement while that is published.
import type { Entitlement } from './entitlement.ts';
import type { Feature } from './feature.ts';
import type { Meter } from '../meters/meter.ts';
import type { Plan } from './plan.ts';
import type { Price, PriceLineage } from '../pricing/price.ts';
import type { PriceUnit } from '../pricing/price-unit.ts';

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
  /** Published ones of published features. */
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
  // One that was made while its feature was being archived is published all the same, by another write than the one that
  // archived the feature; so it is the feature that decides.
  const isGranted = ({ status, featureId }: Entitlement): boolean =>
    status === 'published' && features.get(featureId)?.status === 'published';
  return {
    version,
    meters,
    features,
    plans: byId(entities.plans.filter(({ status }) => status !== 'deleted')),
    prices,
    entitlements: byId(entities.entitlements.filter(isGranted)),
    priceUnits: byId(entities.priceUnits.filter(({ status }) => status !== 'deleted')),
    metersByEventName: groupBy(meters.values(), ({ eventName }) => eventName),
    usagePricesByMeter: groupBy(usagePrices, ({ meterId }) => meterId),
    featureByMeter,
  };
};

// Builds a snapshot of one scope's catalog at one version, indexed for decisions. It resolves what depends on a feature: an inline
// meter counts while its feature is published and names it, an entitlement while its feature is published.
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
  /** Catalog version read before the items: this snapshot is at least as new. */
  readonly version: number;
  /** Meters with their effective status, without deleted ones. */
  readonly meters: ReadonlyMap<string, Meter>;
  readonly features: ReadonlyMap<string, Feature>;
  readonly plans: ReadonlyMap<string, Plan>;
  /** Every version of every price of a plan, by its own id. */
  readonly prices: ReadonlyMap<string, Price>;
  /** Published entitlements of published features. */
  readonly entitlements: ReadonlyMap<string, Entitlement>;
  readonly priceUnits: ReadonlyMap<string, PriceUnit>;
  /** Published and archived meters by exact event name. */
  readonly metersByEventName: ReadonlyMap<string, readonly Meter[]>;
  /** USAGE price versions by meter. */
  readonly usagePricesByMeter: ReadonlyMap<string, readonly Price[]>;
  /** Published features by the meter that they name. */
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

/** Returns the meter with the status that its owner allows; the archive date of the owner ends it. */
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
  // An entitlement that was created while its feature was being archived is still published, because different writes did the two.
  // So the status of the feature decides.
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

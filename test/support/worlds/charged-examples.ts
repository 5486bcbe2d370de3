// Small worlds for worked examples: a subscription since March 2024 with versions of one line, billed monthly.
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { ChargedWorld } from './charged-world.ts';
import {
  aCatalog,
  aFeature,
  aLineage,
  aLineItem,
  aMeter,
  anEntitlement,
  aPrice,
  aSubscription,
} from '../builders/builders.ts';
import { march } from '../builders/measured-lines.ts';

export interface ExampleVersion {
  /** Left out: from the start of the subscription, and without an end. */
  readonly start?: number;
  readonly end?: number;
  readonly price?: Partial<Price>;
  readonly item?: Partial<LineItem>;
}

export interface ExampleFields {
  readonly versions?: readonly ExampleVersion[];
  /** Times and values of the events. */
  readonly usage: readonly (readonly [number, string])[];
  readonly meter?: Partial<Meter>;
  readonly entitlement?: Partial<Entitlement>;
  readonly subscription?: Partial<Subscription>;
  readonly now?: number;
}

/** Names items `item_0`, `item_1`, …, and their prices alike. */
export const anExample = ({
  versions = [{}],
  usage,
  meter,
  entitlement,
  subscription,
  now = march.end + 1_000 * 86_400_000,
}: ExampleFields): ChargedWorld => {
  const currency = subscription?.currency ?? 'usd';
  const parentOf = (place: number): string => (place === 0 ? '' : 'price_0');
  const prices = versions.map(({ price }, place) =>
    aPrice({ id: `price_${String(place)}`, parentPriceId: parentOf(place), currency, amount: '1', ...price }),
  );
  return {
    subscription: aSubscription({
      startDate: march.start,
      billingAnchor: march.start,
      lineItems: versions.map(({ start = march.start, end, item }, place) =>
        aLineItem({
          id: `item_${String(place)}`,
          priceId: `price_${String(place)}`,
          currency,
          startDate: start,
          ...(end !== undefined && { endDate: end }),
          ...item,
        }),
      ),
      ...subscription,
    }),
    catalog: aCatalog({
      meters: [aMeter(meter)],
      features: [aFeature()],
      priceLineages: prices.map((price) => aLineage(price)),
      entitlements: entitlement ? [anEntitlement(entitlement)] : [],
    }),
    usage: usage.map(([at, value]) => ({ meterId: 'meter_1', at, value })),
    now,
  };
};

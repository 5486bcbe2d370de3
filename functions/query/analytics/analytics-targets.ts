// Finds what analytics counts: the usage line items of a customer, each over its own range; or every meter, without a customer or
// for one that does not subscribe.
import type { AnalyticsRequest } from '../../../shared/api/usage/analytics.ts';
import { billedMeter } from '../../../shared/domain/catalog/billed-meter.ts';
import { type BillableItem, indexAccount } from '../../../shared/domain/matching/billable-items.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { civilDayOfMonth } from '../../../shared/domain/time/civil-time.ts';
import type { MatcherDeps } from '../../../shared/domain/matching/matcher.ts';
import type { Feature } from '../../../shared/domain/catalog/feature.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import { billingAnchorAt } from '../../../shared/domain/subscriptions/subscription-period.ts';

export interface AnalyticsTarget {
  /** The meter as the price of the item bills it. */
  readonly meter: Meter;
  readonly feature?: Feature;
  readonly item?: BillableItem;
  /** Half-open, UTC milliseconds. */
  readonly start: number;
  readonly end: number;
  /** IANA name; of windows. */
  readonly timezone: string;
  /** Day of the month on which its MONTH windows begin; 1 to 31. */
  readonly anchorDay: number;
  /** The same of MONTH buckets, which are in UTC. */
  readonly bucketAnchorDay: number;
}

export type AnalyticsTargetDeps = Pick<MatcherDeps, 'readAccounts' | 'readCatalog'>;

const itemTarget = (
  { meters, featureByMeter }: Catalog,
  { start, end }: AnalyticsRequest,
  item: BillableItem,
  now: number,
): AnalyticsTarget[] => {
  const { subscription, lineItem, price } = item;
  const ownMeter = meters.get(price.meterId);
  const meter = ownMeter && billedMeter(ownMeter, price);
  const clipped = { start: Math.max(start, lineItem.startDate), end: Math.min(end, lineItem.endDate ?? end) };
  if (meter === undefined || clipped.start >= clipped.end) return [];
  const feature = featureByMeter.get(meter.id);
  const anchor = billingAnchorAt(subscription, now);
  return [
    {
      meter,
      ...(feature && { feature }),
      item,
      ...clipped,
      timezone: subscription.timezone,
      anchorDay: civilDayOfMonth(anchor, subscription.timezone),
      bucketAnchorDay: civilDayOfMonth(anchor, 'UTC'),
    },
  ];
};

const meterTarget = (
  { featureByMeter }: Catalog,
  { start, end }: AnalyticsRequest,
  meter: Meter,
  timezone: string,
): AnalyticsTarget => {
  const feature = featureByMeter.get(meter.id);
  return { meter, ...(feature && { feature }), start, end, timezone, anchorDay: 1, bucketAnchorDay: 1 };
};

/** Finds the targets. `now` in UTC milliseconds. Throws DependencyError. */
export const findTargets = async (
  { readAccounts, readCatalog }: AnalyticsTargetDeps,
  scope: Scope,
  request: AnalyticsRequest,
  now: number,
): Promise<{ readonly catalog: Catalog; readonly targets: readonly AnalyticsTarget[] }> => {
  const { externalCustomerId, featureIds } = request;
  // Accounts before the catalog, so that no line item names a price that the catalog does not know yet.
  const accounts = externalCustomerId === undefined ? undefined : await readAccounts(scope, [externalCustomerId]);
  const { catalog } = await readCatalog(scope);
  const account = accounts?.get(externalCustomerId ?? '');
  const index = account && indexAccount(account, catalog);
  const targets =
    index?.hasSubscriptions === true
      ? index.items.flatMap((item) => itemTarget(catalog, request, item, now))
      : [...catalog.meters.values()].map((meter) =>
          meterTarget(catalog, request, meter, account?.customer.timezone ?? 'UTC'),
        );
  const wanted = featureIds && new Set([...featureIds].map((id) => catalog.features.get(id)?.meterId));
  return { catalog, targets: wanted ? targets.filter(({ meter }) => wanted.has(meter.id)) : targets };
};

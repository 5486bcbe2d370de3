// Finds what analytics counts: the usage line items of a customer, each over its own range; or every meter, without a customer or
// for one that does not subscribe.
import type { AnalyticsRequest } from '../../../shared/api/usage/analytics.ts';
import { billedMeter } from '../../../shared/domain/catalog/billed-meter.ts';
import { indexAccount } from '../../../shared/domain/matching/billable-items.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { MeasuredRanges } from '../../../shared/domain/charges/measured-ranges.ts';
import { billedPeriods, rangesOf } from '../../../shared/domain/charges/period-charges.ts';
import { type UsageLine, usageLinesOf } from '../../../shared/domain/charges/usage-line.ts';
import { civilDayOfMonth } from '../../../shared/domain/time/civil-time.ts';
import type { MatcherDeps } from '../../../shared/domain/matching/matcher.ts';
import type { Feature } from '../../../shared/domain/catalog/feature.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { billingAnchorAt } from '../../../shared/domain/subscriptions/subscription-period.ts';

/** Lines, or a meter, that are measured in a range, or in the part of it that is or is not a trial. */
export interface AnalyticsTarget {
  /** The meter as the line bills it. */
  readonly meter: Meter;
  readonly feature?: Feature;
  readonly ranges: MeasuredRanges;
  /** Ranges of all usage items on the meter in the subscription. */
  readonly together: readonly Period[];
  /** undefined: no line bills it, or everybody's usage is asked for. */
  readonly line?: UsageLine;
  readonly isTrial: boolean;
  /** IANA name; of windows. */
  readonly timezone: string;
  /** Day of the month on which its MONTH windows begin; 1 to 31. */
  readonly anchorDay: number;
  /** The same of MONTH buckets, which are in UTC. */
  readonly bucketAnchorDay: number;
}

export type AnalyticsTargetDeps = Pick<MatcherDeps, 'readAccounts' | 'readCatalog'>;

const lineTargets = (
  catalog: Catalog,
  request: AnalyticsRequest,
  subscription: Subscription,
  now: number,
): readonly AnalyticsTarget[] =>
  billedPeriods(subscription, request).flatMap((period) =>
    usageLinesOf(subscription, catalog, period).flatMap((line): AnalyticsTarget[] => {
      if (line.meter === undefined) return [];
      const feature = catalog.featureByMeter.get(line.meter.id);
      return [
        {
          meter: billedMeter(line.meter, line.versions[0].price),
          ...(feature && { feature }),
          ranges: line,
          together: rangesOf(subscription, catalog, line.meter.id),
          line,
          isTrial: period.isTrial,
          timezone: subscription.timezone,
          anchorDay: civilDayOfMonth(billingAnchorAt(subscription, now), subscription.timezone),
          bucketAnchorDay: civilDayOfMonth(billingAnchorAt(subscription, period.start), 'UTC'),
        },
      ];
    }),
  );

const meterTarget = (
  { featureByMeter }: Catalog,
  { start, end }: AnalyticsRequest,
  meter: Meter,
  timezone: string,
): AnalyticsTarget => {
  const feature = featureByMeter.get(meter.id);
  const period = { start, end };
  return {
    meter,
    ...(feature && { feature }),
    ranges: { period, versions: [period] },
    together: [period],
    isTrial: false,
    timezone,
    anchorDay: 1,
    bucketAnchorDay: 1,
  };
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
    index !== undefined && index.subscriptions.length > 0
      ? index.subscriptions.flatMap((subscription) => lineTargets(catalog, request, subscription, now))
      : [...catalog.meters.values()].map((meter) =>
          meterTarget(catalog, request, meter, account?.customer.timezone ?? 'UTC'),
        );
  const wanted = featureIds && new Set([...featureIds].map((id) => catalog.features.get(id)?.meterId));
  return { catalog, targets: wanted ? targets.filter(({ meter }) => wanted.has(meter.id)) : targets };
};

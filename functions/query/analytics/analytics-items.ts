// Writes the items of analytics for their answer.
import type { AnalyticsRequest } from '../../../shared/api/usage/analytics.ts';
import type { AnalyticsItemBody } from '../../../shared/api/bodies/analytics.ts';
import { toFeatureBody, toReportingUnitBody } from '../../../shared/api/catalog/features.ts';
import { toLineItemBody } from '../../../shared/api/subscriptions/line-items.ts';
import { toMeterBody } from '../../../shared/api/catalog/meters.ts';
import { toPlanBody } from '../../../shared/api/catalog/plans.ts';
import { toPriceBody } from '../../../shared/api/prices/prices.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { propertyOfGroupBy } from '../../../shared/domain/usage/definition.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { decimal, formatQuantity, type Quantity, zeroQuantity } from '../../../shared/domain/numbers/quantity.ts';
import { type Breakdown, breakDown, cumulate } from '../../../shared/domain/usage/usage-breakdown.ts';
import { costUsage } from '../../../shared/domain/charges/breakdown-cost.ts';
import { textsOfGroupKey } from '../../../shared/domain/usage/event-reading.ts';
import type { AnalyticsTarget } from './analytics-targets.ts';
import { costBody, costingTerms } from './analytics-costs.ts';
import type { Analysis } from './analytics-fold.ts';
import { pointsBody, pointSize } from './analytics-points.ts';

const displayDecimals = 2;

const groupBody = (
  { groupBy, expand }: AnalyticsRequest,
  { definition }: Analysis,
  { texts, groups }: Breakdown,
): Pick<AnalyticsItemBody, 'source' | 'sources' | 'properties'> => {
  const sourceIndex = definition.groupBy.indexOf('source');
  const properties = groupBy.flatMap((by, at): [string, string][] =>
    by === 'source' || texts[at] === '' ? [] : [[propertyOfGroupBy(by), texts[at] ?? '']],
  );
  const source = texts[groupBy.indexOf('source')];
  return {
    ...(source !== undefined && { source }),
    ...(expand.has('source') && {
      sources: [...new Set(groups.map((group) => group[sourceIndex] ?? ''))].filter((name) => name !== '').sort(),
    }),
    ...(groupBy.some((by) => by !== 'source') && { properties: Object.fromEntries(properties) }),
  };
};

const namesBody = (
  scope: Scope,
  { meters, plans }: Catalog,
  { expand }: AnalyticsRequest,
  { meter, feature, item }: AnalyticsTarget,
) => {
  const plan = item?.lineItem.entityType === 'plan' ? plans.get(item.lineItem.entityId) : undefined;
  return {
    name: feature?.name ?? meter.name,
    feature_id: feature?.id ?? '',
    meter_id: meter.id,
    event_name: meter.eventName,
    aggregation_type: meter.aggregation.type,
    ...(item && {
      subscription_id: item.subscription.id,
      sub_line_item_id: item.lineItem.id,
      price_id: item.price.id,
    }),
    ...(plan && { plan_id: plan.id }),
    ...(expand.has('meter') && { meter: toMeterBody(scope, meters.get(meter.id) ?? meter) }),
    ...(expand.has('feature') && feature && { feature: toFeatureBody(scope, feature) }),
    ...(expand.has('price') && item && { price: toPriceBody(scope, item.price) }),
    ...(expand.has('plan') && plan && { plan: toPlanBody(scope, plan) }),
    ...(expand.has('subscription_line_item') &&
      item && {
        subscription_line_item: toLineItemBody(scope, item.subscription.customerId, item.lineItem, {
          priceUnit: item.price.priceUnit,
        }),
      }),
  };
};

const displayed = ({ feature }: AnalyticsTarget, usage: Quantity): string =>
  feature?.reportingUnit === undefined
    ? ''
    : formatQuantity(usage.div(decimal(feature.reportingUnit.conversionRate)).round(displayDecimals));

const nothing: Omit<Breakdown, 'texts'> = { usage: zeroQuantity, eventCount: 0, points: [], groups: [] };

const noGroup = JSON.stringify([]);

const itemsOf = (
  scope: Scope,
  catalog: Catalog,
  request: AnalyticsRequest,
  analysis: Analysis,
  now: number,
): readonly AnalyticsItemBody[] => {
  const { target, breakdowns, options } = analysis;
  const { feature, meter, item } = target;
  const within = breakDown(breakdowns.within, options);
  const cumulative = meter.resetUsage === 'NEVER' ? cumulate(breakdowns, options) : undefined;
  const terms = costingTerms(request, target, catalog, now);
  const committed = terms?.commitment ? [noGroup] : [];
  const keys = [...new Set([...within.keys(), ...(cumulative?.keys() ?? []), ...committed])].sort();
  const size = pointSize(request, target);
  return keys.flatMap((key) => {
    const quantity = cumulative?.get(key);
    const breakdown = within.get(key) ?? { ...nothing, texts: textsOfGroupKey(key) };
    const { usage, eventCount } = breakdown;
    const isZero = usage.eq(zeroQuantity) && (quantity ?? zeroQuantity).eq(zeroQuantity);
    if (isZero && committed.length === 0 && (item !== undefined || eventCount === 0)) return [];
    const costed = terms && costUsage(breakdown, terms);
    return [
      {
        ...namesBody(scope, catalog, request, target),
        ...groupBody(request, analysis, breakdown),
        total_usage: formatQuantity(usage),
        total_usage_display: displayed(target, usage),
        ...(quantity && { cumulative_quantity: formatQuantity(quantity) }),
        event_count: eventCount,
        unit: feature?.unitSingular ?? '',
        unit_plural: feature?.unitPlural ?? '',
        ...(feature?.reportingUnit && { reporting_unit: toReportingUnitBody(feature.reportingUnit) }),
        ...(size !== undefined && { window_size: size }),
        ...(item && costed && costBody(item, costed, terms)),
        ...pointsBody(request, target, costed?.points ?? breakdown.points),
      },
    ];
  });
};

const compareTexts = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Returns the items by name in the order of bytes; `now` in UTC milliseconds; items of one name by meter, line item and group. */
export const toItems = (
  scope: Scope,
  catalog: Catalog,
  request: AnalyticsRequest,
  analyses: readonly Analysis[],
  now: number,
): readonly AnalyticsItemBody[] => {
  const items = analyses.flatMap((analysis) => itemsOf(scope, catalog, request, analysis, now));
  return items.sort(
    (a, b) =>
      compareTexts(a.name, b.name) ||
      compareTexts(a.meter_id, b.meter_id) ||
      compareTexts(a.sub_line_item_id ?? '', b.sub_line_item_id ?? ''),
  );
};

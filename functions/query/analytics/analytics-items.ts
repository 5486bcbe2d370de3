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
import { textsOfGroupKey } from '../../../shared/domain/usage/event-reading.ts';
import type { AnalyticsTarget } from './analytics-targets.ts';
import { costBody } from './analytics-costs.ts';
import { type Analysis, isPartial } from './analytics-fold.ts';
import { pointsBody, pointSize } from './analytics-points.ts';
import { type Row, rowsOfAll } from './analytics-rows.ts';

const displayDecimals = 2;

const groupBody = (
  { groupBy, expand }: AnalyticsRequest,
  { group, sources }: Row,
): Pick<AnalyticsItemBody, 'source' | 'sources' | 'properties'> => {
  const texts = textsOfGroupKey(group);
  const properties = groupBy.flatMap((by, at): [string, string][] =>
    by === 'source' || texts[at] === '' ? [] : [[propertyOfGroupBy(by), texts[at] ?? '']],
  );
  const source = texts[groupBy.indexOf('source')];
  return {
    ...(source !== undefined && { source }),
    ...(expand.has('source') && { sources: [...sources] }),
    ...(groupBy.some((by) => by !== 'source') && { properties: Object.fromEntries(properties) }),
  };
};

const namesBody = (
  scope: Scope,
  { meters, plans }: Catalog,
  { expand }: AnalyticsRequest,
  { target: { meter, feature, line }, version }: Row,
) => {
  const plan = version?.item.entityType === 'plan' ? plans.get(version.item.entityId) : undefined;
  return {
    name: feature?.name ?? meter.name,
    feature_id: feature?.id ?? '',
    meter_id: meter.id,
    event_name: meter.eventName,
    aggregation_type: meter.aggregation.type,
    ...(version && {
      subscription_id: version.item.subscriptionId,
      sub_line_item_id: version.item.id,
      price_id: version.price.id,
    }),
    ...(plan && { plan_id: plan.id }),
    ...(expand.has('meter') && { meter: toMeterBody(scope, meters.get(meter.id) ?? meter) }),
    ...(expand.has('feature') && feature && { feature: toFeatureBody(scope, feature) }),
    ...(expand.has('price') && version && { price: toPriceBody(scope, version.price) }),
    ...(expand.has('plan') && plan && { plan: toPlanBody(scope, plan) }),
    ...(expand.has('subscription_line_item') &&
      line &&
      version && {
        subscription_line_item: toLineItemBody(scope, line.subscription.customerId, version.item, {
          priceUnit: version.price.priceUnit,
        }),
      }),
  };
};

const displayed = ({ feature }: AnalyticsTarget, usage: Quantity): string =>
  feature?.reportingUnit === undefined
    ? ''
    : formatQuantity(usage.div(decimal(feature.reportingUnit.conversionRate)).round(displayDecimals));

const itemOf = (scope: Scope, catalog: Catalog, request: AnalyticsRequest, row: Row): AnalyticsItemBody | undefined => {
  const { target, version, usage, cumulative, eventCount, points } = row;
  const { feature } = target;
  const isCommitted = version?.item.commitment !== undefined && !isPartial(request);
  const isZero = usage.eq(zeroQuantity) && (cumulative ?? zeroQuantity).eq(zeroQuantity);
  if (isZero && !isCommitted && (version !== undefined || eventCount === 0)) return undefined;
  const size = pointSize(request, target);
  return {
    ...namesBody(scope, catalog, request, row),
    ...groupBody(request, row),
    total_usage: formatQuantity(usage),
    total_usage_display: displayed(target, usage),
    ...(cumulative && { cumulative_quantity: formatQuantity(cumulative) }),
    event_count: eventCount,
    unit: feature?.unitSingular ?? '',
    unit_plural: feature?.unitPlural ?? '',
    ...(feature?.reportingUnit && { reporting_unit: toReportingUnitBody(feature.reportingUnit) }),
    ...(size !== undefined && { window_size: size }),
    ...costBody(row, isPartial(request)),
    ...pointsBody(request, target, points),
  };
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
  const rows = rowsOfAll(analyses, { request, catalog, now }).toSorted((a, b) =>
    a.group < b.group ? -1 : Number(a.group > b.group),
  );
  const items = rows.flatMap((row) => itemOf(scope, catalog, request, row) ?? []);
  return items.sort(
    (a, b) =>
      compareTexts(a.name, b.name) ||
      compareTexts(a.meter_id, b.meter_id) ||
      compareTexts(a.sub_line_item_id ?? '', b.sub_line_item_id ?? ''),
  );
};

// Queries usage of an aggregate or a meter over a range: as a whole, and by window or bucket.
import type { UsageBody } from '../../../shared/api/bodies/usage.ts';
import { fitting } from '../../../shared/api/http/answer-size.ts';
import { toJsonNumber } from '../../../shared/api/http/json-number.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { MeterUsageRequest, UsageDivision, UsageRequest } from '../../../shared/api/usage/usage.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { CatalogView } from '../../../shared/domain/matching/matcher.ts';
import type { Quantity } from '../../../shared/domain/numbers/quantity.ts';
import { formatInZone } from '../../../shared/domain/time/civil-time.ts';
import { zeroInstant } from '../../../shared/domain/time/instant.ts';
import { bucketStart, windowStart } from '../../../shared/domain/time/usage-window.ts';
import { definitionOfMeter } from '../../../shared/domain/usage/definition.ts';
import { textsOfGroupKey } from '../../../shared/domain/usage/event-reading.ts';
import { toGroup } from '../../../shared/domain/usage/usage-explanation.ts';
import { ungroup } from '../../../shared/domain/usage/usage-state.ts';
import { createSummary, sumOfParts, valueOf } from '../../../shared/domain/usage/usage-value.ts';
import { refuseUnkept } from '../fold/event-hours.ts';
import type { FoldPart } from '../fold/fold-session.ts';
import { foldUsage, type FoldUsageDeps } from '../fold/fold-usage.ts';
import { type BacklogReader, type Tallies, talliesOf } from './usage-coverage.ts';

export interface QueryUsageDeps extends FoldUsageDeps {
  readonly readBacklog: BacklogReader;
}

export interface MeterUsageDeps {
  readonly readCatalog: (scope: Scope) => Promise<CatalogView>;
}

/** A value of one window or bucket, and within it of one group. */
interface UsageRow {
  /** UTC milliseconds. */
  readonly start: number;
  /** The texts that it is grouped by; left out without groups. */
  readonly group?: Readonly<Record<string, string>>;
  readonly value: Quantity;
}

export interface Usage {
  readonly value: Quantity;
  /** By start; those without events are left out. */
  readonly rows: readonly UsageRow[];
  readonly tallies: Tallies;
}

/** Returns the start of the window or bucket of an instant, UTC milliseconds. */
export const partStart = ({ kind, size, timezone, anchorDay }: UsageDivision, instant: number): number =>
  kind === 'bucket' ? bucketStart(size, instant, anchorDay) : windowStart(size, instant, { timezone, anchorDay });

/**
 * Computes the usage that a request asks for. Throws as `foldUsage` does.
 * @internal
 */
export const computeUsage = async (deps: FoldUsageDeps, scope: Scope, request: UsageRequest): Promise<Usage> => {
  const { customer, definition, division, start, end, isNeverReset } = request;
  const { type } = definition;
  const partOf = division && ((slot: number): number => partStart(division, slot));
  const before = createSummary(type);
  const within = createSummary(type, partOf);
  const all = isNeverReset ? createSummary(type, division?.kind === 'bucket' ? partOf : undefined) : within;
  const part: FoldPart = {
    definition,
    start: isNeverReset ? zeroInstant : start,
    end: Math.min(end, request.countedUntil ?? end),
    boundaries: [start],
    visit: (slot, state) => {
      (slot < start ? before : within).add(slot, state);
      if (all !== within) all.add(slot, state);
    },
  };
  await foldUsage(deps, scope, customer, [part]);

  const range = { start, end };
  const whole =
    type === 'WEIGHTED_SUM'
      ? valueOf(type, ungroup(within.total, type), range, ungroup(before.total, type))
      : valueOf(type, ungroup(all.total, type), range);
  const byStart = [...within.parts].sort(([a], [b]) => a - b);
  const rows = byStart.flatMap(([at, { groups }]) =>
    [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, group]) => ({
        start: at,
        ...(definition.groupBy.length > 0 && { group: toGroup(definition, textsOfGroupKey(key)) }),
        value: valueOf(type, group, range),
      })),
  );
  return {
    value: division?.kind === 'bucket' ? sumOfParts(all, type, range) : whole,
    rows,
    tallies: talliesOf(all.total),
  };
};

/** Returns the request that a meter, as it is now, stands for. Throws ApiError `not_found`. */
export const resolveMeterUsage = async (
  { readCatalog }: MeterUsageDeps,
  scope: Scope,
  { meterId, customerId, filters, window, anchorDay, ...asked }: MeterUsageRequest,
): Promise<UsageRequest> => {
  const { catalog } = await readCatalog(scope);
  const meter = catalog.meters.get(meterId);
  if (meter === undefined) {
    throw new ApiError('not_found', 'Meter not found', { meter_id: meterId, tenant_id: scope.tenantId });
  }
  const { bucketSize } = meter.aggregation;
  const division: UsageDivision | undefined =
    bucketSize === undefined ? window : { kind: 'bucket', size: bucketSize, timezone: 'UTC', anchorDay };
  const definition = { ...definitionOfMeter(meter), requestFilters: filters, customerId };
  return {
    ...asked,
    definition: division?.size === 'MINUTE' ? { ...definition, granularity: 'minute' } : definition,
    ...(division && { division }),
    ...(meter.archivedAt !== undefined && { countedUntil: meter.archivedAt }),
    isNeverReset: meter.resetUsage === 'NEVER',
  };
};

/** Creates the query. It throws as `foldUsage` does, and ApiError `validation_error` for a range before what is kept. */
export const createQueryUsage =
  (deps: QueryUsageDeps) =>
  async (scope: Scope, request: UsageRequest): Promise<UsageBody> => {
    const { definition, division, customer, start } = request;
    refuseUnkept(deps, customer, start);
    // Before the events, so that it vouches for none that came later.
    const backlog = await deps.readBacklog();
    const { value, rows, tallies } = await computeUsage(deps, scope, request);
    const timezone = division?.timezone ?? 'UTC';
    const results = rows.map((row) => ({
      window_size: formatInZone(row.start, timezone),
      ...(row.group && { group: row.group }),
      value: toJsonNumber(row.value),
    }));
    const shown = fitting(results);
    return {
      ...(results.length > 0 && { results: shown }),
      ...(shown.length < results.length && { has_more: true }),
      value: toJsonNumber(value),
      event_name: definition.eventName,
      type: definition.type,
      ...tallies,
      ...backlog,
    };
  };

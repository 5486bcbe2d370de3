// Creates, lists, changes and archives meters. A change applies to every event that matches, also to those from before it.
import type { RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { listQuerySchema } from '../../../shared/api/entities/lists.ts';
import {
  createMeterSchema,
  type CreateMeterRequest,
  maxFilterKeys,
  maxFilterValues,
  meterListSpec,
  toMeterBody,
  updateMeterSchema,
} from '../../../shared/api/catalog/meters.ts';
import { parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import { mergeFilters, type Meter, type MeterFilter } from '../../../shared/domain/meters/meter.ts';
import { costOfMeter, maxCostOfEventName } from '../../../shared/domain/meters/meter-cost.ts';
import type { SimilarNameStore } from '../../../shared/store/catalog/similar-names.ts';
import { refuseDividedMeter } from '../entitlements/bucketed-maximum.ts';
import {
  type CatalogDeps,
  type Change,
  type Handler,
  newEntity,
  withStatus,
  writtenOf,
} from '../changes/catalog-changes.ts';
import { type AccountDeps, notFound } from '../changes/find-accounts.ts';

export interface MeterDeps extends CatalogDeps {
  readonly similarNames: SimilarNameStore;
}

type ManageMetersDeps = MeterDeps & AccountDeps;

// Meters have no lookup key.
const names = { what: 'Meter', takenMessage: '' };

const maxMetersOfName = 500;

/**
 * Throws ApiError `invalid_operation` when a published meter, new or changed, is too much for its event name: every event of the
 * name is measured by each of them. A change that costs no more than before is allowed. Concurrent requests do not see each
 * other, so there may be a little more.
 */
export const refuseCrowd = ({ metersByEventName }: Catalog, meter: Meter): void => {
  const published = (metersByEventName.get(meter.eventName) ?? []).filter(({ status }) => status === 'published');
  const others = published.filter(({ id }) => id !== meter.id);
  const before = published.find(({ id }) => id === meter.id);
  const refuse = (rule: string): never => {
    throw new ApiError('invalid_operation', `${rule}: archive one of them first`, { event_name: meter.eventName });
  };
  if (before === undefined && others.length >= maxMetersOfName) {
    refuse(`An event name may have at most ${String(maxMetersOfName)} published meters`);
  }
  if (before !== undefined && costOfMeter(meter) <= costOfMeter(before)) return;
  const cost = [...others, meter].reduce((sum, one) => sum + costOfMeter(one), 0);
  if (cost <= maxCostOfEventName) return;
  const most = String(maxCostOfEventName);
  refuse(
    `The published meters of an event name may have a total evaluation cost of at most ${most}; these would have ${String(cost)}`,
  );
};

/** Returns the filters with those added. Throws ApiError `validation_error` beyond the limits of one request. */
export const addFilters = ({ filters }: Meter, added: readonly MeterFilter[]): readonly MeterFilter[] => {
  const merged = mergeFilters(filters, added);
  const broken = new Map<string, string>();
  if (merged.length > Math.max(maxFilterKeys, filters.length)) {
    broken.set('filters', `must have at most ${String(maxFilterKeys)} items including the existing ones`);
  }
  for (const [index, { key }] of added.entries()) {
    const known = filters.find((filter) => filter.key === key)?.values.length ?? 0;
    const values = merged.find((filter) => filter.key === key)?.values.length ?? 0;
    if (values > Math.max(maxFilterValues, known)) {
      const rule = `must have at most ${String(maxFilterValues)} items including the existing ones`;
      broken.set(`filters[${String(index)}].values`, rule);
    }
  }
  if (broken.size > 0) throw validationError(broken);
  return merged;
};

/** Writes a new meter. A meter with an owner does not count before its feature is published. */
export const recordMeter = async (
  { store, similarNames, newUlid, readCatalog }: MeterDeps,
  scope: Scope,
  sent: CreateMeterRequest,
  { ownerFeatureId, ...change }: Change & { readonly ownerFeatureId?: string },
): Promise<Meter> => {
  const meter: Meter = {
    ...newEntity(idFromUlid('meter', newUlid()), change),
    name: sent.name,
    eventName: sent.event_name,
    aggregation: sent.aggregation,
    filters: sent.filters,
    resetUsage: sent.reset_usage,
    ...(ownerFeatureId !== undefined && { ownerFeatureId }),
  };
  refuseCrowd(await readCatalog(scope), meter);
  await similarNames.record(scope, 'EVENT_NAME', meter.eventName);
  return writtenOf(await store.meters.create(scope, meter), names);
};

/** Returns the meter with its effective status, which its owner limits. */
const find = async ({ readCatalog }: CatalogDeps, scope: Scope, id: string): Promise<Meter> => {
  const meter = (await readCatalog(scope)).meters.get(id);
  if (meter === undefined) throw notFound('Meter');
  return meter;
};

const createMeter: Handler<MeterDeps> = async (deps, { caller: { scope, keyId }, body }) => {
  const sent = parseBody(createMeterSchema, body);
  const meter = await recordMeter(deps, scope, sent, { by: keyId, at: deps.now() });
  return { status: 201, body: toMeterBody(scope, meter) };
};

const refuseArchivedOwner = async (
  { readCatalog }: CatalogDeps,
  scope: Scope,
  { ownerFeatureId }: Meter,
): Promise<void> => {
  if (ownerFeatureId === undefined) return;
  const owner = (await readCatalog(scope)).features.get(ownerFeatureId);
  if (owner?.status === 'published') return;
  throw new ApiError('invalid_operation', 'The meter belongs to an archived feature: publish the feature again');
};

const updateMeter: Handler<ManageMetersDeps> = async (deps, { caller: { scope, keyId }, path, body }) => {
  const { store, newUlid } = deps;
  const sent = parseBody(updateMeterSchema, body);
  const change = { by: keyId, at: deps.now() };
  const changed = (meter: Meter): Meter => ({
    ...withStatus(meter, sent.status ?? meter.status, change),
    filters: addFilters(meter, sent.filters),
    aggregation: sent.aggregation ?? meter.aggregation,
    resetUsage: sent.reset_usage ?? meter.resetUsage,
    updatedAt: change.at,
    updatedBy: change.by,
  });
  const found = await find(deps, scope, path['id'] ?? '');
  if (sent.status === 'published') await refuseArchivedOwner(deps, scope, found);
  const wanted = changed(found);
  const catalog = await deps.readCatalog(scope);
  if (wanted.status === 'published') refuseCrowd(catalog, wanted);
  await refuseDividedMeter(deps, scope, catalog, { before: found, wanted });
  const written = await store.meters.change(scope, found.id, newUlid(), changed);
  writtenOf(written, names);
  return { status: 200, body: toMeterBody(scope, await find(deps, scope, found.id)) };
};

const archive =
  (message: string): Handler<CatalogDeps> =>
  async (deps, { caller: { scope, keyId }, path }) => {
    const { id } = await find(deps, scope, path['id'] ?? '');
    const change = { by: keyId, at: deps.now() };
    const archived = await deps.store.meters.change(scope, id, deps.newUlid(), (meter) =>
      withStatus(meter, 'archived', change),
    );
    writtenOf(archived, names);
    return { status: 200, body: { message } };
  };

const disableMeter = archive('Meter disabled successfully');
const deleteMeter = archive('Meter deleted successfully');

const listMeters: Handler<CatalogDeps> = async ({ readCatalog }, { caller: { scope }, query }) => {
  const request = parseQuery(listQuerySchema(meterListSpec), query);
  const { meters } = await readCatalog(scope);
  const bodies = Array.from(meters.values(), (meter) => toMeterBody(scope, meter));
  return { status: 200, body: toListBody(bodies, request) };
};

const getMeter: Handler<CatalogDeps> = async (deps, { caller: { scope }, path }) => ({
  status: 200,
  body: toMeterBody(scope, await find(deps, scope, path['id'] ?? '')),
});

export const manageMeters = (deps: ManageMetersDeps) =>
  ({
    createMeter: (request) => createMeter(deps, request),
    listMeters: (request) => listMeters(deps, request),
    getMeter: (request) => getMeter(deps, request),
    updateMeter: (request) => updateMeter(deps, request),
    disableMeter: (request) => disableMeter(deps, request),
    deleteMeter: (request) => deleteMeter(deps, request),
  }) satisfies Record<string, RouteHandler>;

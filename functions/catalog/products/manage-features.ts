// Creates, lists, changes and archives features. A feature that is created with its meter owns it: the meter is written first and
// counts only while the feature is published and names it, so that one write on the feature creates or archives both.
import type { ApiRequest, ApiResponse, RouteHandler } from '../../../shared/api/http/exchange.ts';
import {
  createFeatureSchema,
  type CreateFeatureRequest,
  defaultLookupKey,
  type FeatureFields,
  featureListSpec,
  noFeatureFields,
  toFeatureBody,
  toFeatureFields,
  unitViolation,
  updateFeatureSchema,
} from '../../../shared/api/catalog/features.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { type ListRequest, listQuerySchema, searchSchema } from '../../../shared/api/entities/lists.ts';
import { toMeterBody } from '../../../shared/api/catalog/meters.ts';
import { parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Feature } from '../../../shared/domain/catalog/feature.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import {
  type CatalogDeps,
  type Change,
  type Handler,
  newEntity,
  withStatus,
  writtenOf,
} from '../changes/catalog-changes.ts';
import { notFound } from '../changes/find-accounts.ts';
import { addFilters, type MeterDeps, recordMeter, refuseCrowd } from './manage-meters.ts';

const names = { what: 'Feature', takenMessage: 'A feature with this lookup key already exists' };
const meterNames = { what: 'Meter', takenMessage: '' };

const featureOf = ({ features }: Catalog, id: string): Feature => {
  const feature = features.get(id);
  if (feature === undefined) throw notFound('Feature');
  return feature;
};

const bodyWithMeter = (scope: Scope, { meters }: Catalog, feature: Feature) => {
  const meter = feature.meterId === undefined ? undefined : meters.get(feature.meterId);
  return toFeatureBody(scope, feature, meter && toMeterBody(scope, meter));
};

const checked = (fields: FeatureFields): FeatureFields => {
  const field = unitViolation(fields);
  if (field !== undefined) throw validationError(new Map([[field, 'required: both units or neither']]));
  return fields;
};

/** Returns the id of the meter that the request names; a meter that is described inline is created for its owner. */
const meterIdFor = async (
  deps: MeterDeps,
  scope: Scope,
  sent: CreateFeatureRequest,
  featureId: string,
  change: Change,
): Promise<string | undefined> => {
  if (sent.meter) return (await recordMeter(deps, scope, sent.meter, { ...change, ownerFeatureId: featureId })).id;
  if (sent.meter_id === '') return undefined;
  const meter = (await deps.readCatalog(scope)).meters.get(sent.meter_id);
  if (meter === undefined) throw notFound('Meter', 'meter_id');
  if (meter.status !== 'published') throw validationError(new Map([['meter_id', 'must be a published meter']]));
  return meter.id;
};

const createFeature: Handler<MeterDeps> = async (deps, { caller: { scope, keyId }, body }) => {
  const sent = parseBody(createFeatureSchema, body);
  const change = { by: keyId, at: deps.now() };
  const id = idFromUlid('feature', deps.newUlid());
  const fields = checked(toFeatureFields(sent, noFeatureFields));
  const meterId = await meterIdFor(deps, scope, sent, id, change);
  const feature: Feature = {
    ...newEntity(id, change),
    ...fields,
    lookupKey: sent.lookup_key || defaultLookupKey(sent.name, id),
    type: sent.type,
    ...(meterId !== undefined && { meterId }),
  };
  writtenOf(await deps.store.features.create(scope, feature), names);
  return { status: 201, body: toFeatureBody(scope, feature) };
};

/** Throws ApiError while entitlements of plans grant the feature. */
const refuseGranted = async (
  { store }: CatalogDeps,
  scope: Scope,
  { entitlements }: Catalog,
  id: string,
): Promise<void> => {
  if (![...entitlements.values()].some(({ featureId }) => featureId === id)) return;
  // The request that created the entitlement may have died before it raised the version.
  await store.raiseVersion(scope);
  throw new ApiError('invalid_operation', 'Published entitlements refer to the feature');
};

const updateFeature: Handler<CatalogDeps> = async (deps, { caller: { scope, keyId }, path, body }) => {
  const { store, readCatalog, newUlid } = deps;
  const sent = parseBody(updateFeatureSchema, body);
  const catalog = await readCatalog(scope);
  const { id, meterId, status } = featureOf(catalog, path['id'] ?? '');
  const meter = meterId === undefined ? undefined : catalog.meters.get(meterId);
  if (meter) {
    // Checked before anything is written.
    const wanted = { ...meter, filters: addFilters(meter, sent.filters) };
    const isPublishedWithIt = sent.status === 'published' && status !== 'published' && meter.ownerFeatureId === id;
    if (meter.status === 'published' || isPublishedWithIt) refuseCrowd(catalog, wanted);
  }
  if (sent.status === 'archived') await refuseGranted(deps, scope, catalog, id);
  const change = { by: keyId, at: deps.now() };
  const written = await store.features.change(scope, id, newUlid(), (feature) => ({
    ...withStatus(feature, sent.status ?? feature.status, change),
    ...checked(toFeatureFields(sent, feature)),
    updatedAt: change.at,
    updatedBy: change.by,
  }));
  const feature = writtenOf(written, names);
  if (meterId !== undefined && sent.filters.length > 0) {
    const merged = await store.meters.change(scope, meterId, newUlid(), (meter) => ({
      ...meter,
      filters: addFilters(meter, sent.filters),
      updatedAt: change.at,
      updatedBy: change.by,
    }));
    writtenOf(merged, meterNames);
  }
  return { status: 200, body: bodyWithMeter(scope, await readCatalog(scope), feature) };
};

const deleteFeature: Handler<CatalogDeps> = async (deps, { caller: { scope, keyId }, path }) => {
  const catalog = await deps.readCatalog(scope);
  const { id } = featureOf(catalog, path['id'] ?? '');
  await refuseGranted(deps, scope, catalog, id);
  const change = { by: keyId, at: deps.now() };
  const archived = await deps.store.features.change(scope, id, deps.newUlid(), (one) =>
    withStatus(one, 'archived', change),
  );
  writtenOf(archived, names);
  return { status: 200, body: { message: 'feature deleted successfully' } };
};

const list = async (
  { readCatalog }: CatalogDeps,
  { caller: { scope } }: ApiRequest,
  request: ListRequest,
): Promise<ApiResponse> => {
  const catalog = await readCatalog(scope);
  const bodies = Array.from(catalog.features.values(), (feature) =>
    request.expand.has('meters') || request.expand.has('meter')
      ? bodyWithMeter(scope, catalog, feature)
      : toFeatureBody(scope, feature),
  );
  return { status: 200, body: toListBody(bodies, request) };
};

const getFeature: Handler<CatalogDeps> = async ({ readCatalog }, { caller: { scope }, path }) => {
  const catalog = await readCatalog(scope);
  return { status: 200, body: bodyWithMeter(scope, catalog, featureOf(catalog, path['id'] ?? '')) };
};

export const manageFeatures = (deps: MeterDeps) =>
  ({
    createFeature: (request) => createFeature(deps, request),
    listFeatures: (request) => list(deps, request, parseQuery(listQuerySchema(featureListSpec), request.query)),
    searchFeatures: (request) => list(deps, request, parseBody(searchSchema(featureListSpec), request.body)),
    getFeature: (request) => getFeature(deps, request),
    updateFeature: (request) => updateFeature(deps, request),
    deleteFeature: (request) => deleteFeature(deps, request),
  }) satisfies Record<string, RouteHandler>;

// Features. One that is made with its meter owns it: the meter is written first and counts only while the feature is published
// and names it, so making is committed, and archiving done, by one write on the feature.
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
import { type Change, newEntity, withStatus, writtenOf } from '../changes/catalog-changes.ts';
import { notFound } from '../changes/find-accounts.ts';
import { addFilters, type MeterDeps, recordMeter, refuseCrowd } from './manage-meters.ts';

const names = { what: 'Feature', heldMessage: 'A feature with this lookup key already exists' };
const meterNames = { what: 'Meter', heldMessage: '' };

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

export const manageFeatures = (deps: MeterDeps) => {
  const { store, readCatalog, newUlid, now } = deps;

  /** The meter that the request names; what is made inline is made here, for its owner. */
  const meterIdFor = async (
    scope: Scope,
    sent: CreateFeatureRequest,
    featureId: string,
    change: Change,
  ): Promise<string | undefined> => {
    if (sent.meter) return (await recordMeter(deps, scope, sent.meter, { ...change, ownerFeatureId: featureId })).id;
    if (sent.meter_id === '') return undefined;
    const meter = (await readCatalog(scope)).meters.get(sent.meter_id);
    if (meter === undefined) throw notFound('Meter', 'meter_id');
    if (meter.status !== 'published') throw validationError(new Map([['meter_id', 'must be a published meter']]));
    return meter.id;
  };

  const createFeature: RouteHandler = async ({ caller: { scope, keyId }, body }) => {
    const sent = parseBody(createFeatureSchema, body);
    const change = { by: keyId, at: now() };
    const id = idFromUlid('feature', newUlid());
    const fields = checked(toFeatureFields(sent, noFeatureFields));
    const meterId = await meterIdFor(scope, sent, id, change);
    const feature: Feature = {
      ...newEntity(id, change),
      ...fields,
      lookupKey: sent.lookup_key || defaultLookupKey(sent.name, id),
      type: sent.type,
      ...(meterId !== undefined && { meterId }),
    };
    writtenOf(await store.features.create(scope, feature), names);
    return { status: 201, body: toFeatureBody(scope, feature) };
  };

  /** Throws ApiError while entitlements of plans grant the feature. */
  const refuseGranted = async (scope: Scope, { entitlements }: Catalog, id: string): Promise<void> => {
    if (![...entitlements.values()].some(({ featureId }) => featureId === id)) return;
    // Who made the entitlement may have died before the version was raised.
    await store.raiseVersion(scope);
    throw new ApiError('invalid_operation', 'Published entitlements refer to the feature');
  };

  const updateFeature: RouteHandler = async ({ caller: { scope, keyId }, path, body }) => {
    const sent = parseBody(updateFeatureSchema, body);
    const catalog = await readCatalog(scope);
    const { id, meterId, status } = featureOf(catalog, path['id'] ?? '');
    const meter = meterId === undefined ? undefined : catalog.meters.get(meterId);
    if (meter) {
      // Before anything is written.
      const wanted = { ...meter, filters: addFilters(meter, sent.filters) };
      const isPublishedWithIt = sent.status === 'published' && status !== 'published' && meter.ownerFeatureId === id;
      if (meter.status === 'published' || isPublishedWithIt) refuseCrowd(catalog, wanted);
    }
    if (sent.status === 'archived') await refuseGranted(scope, catalog, id);
    const change = { by: keyId, at: now() };
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

  const deleteFeature: RouteHandler = async ({ caller: { scope, keyId }, path }) => {
    const catalog = await readCatalog(scope);
    const { id } = featureOf(catalog, path['id'] ?? '');
    await refuseGranted(scope, catalog, id);
    const change = { by: keyId, at: now() };
    const archived = await store.features.change(scope, id, newUlid(), (one) => withStatus(one, 'archived', change));
    writtenOf(archived, names);
    return { status: 200, body: { message: 'feature deleted successfully' } };
  };

  const list = async ({ caller: { scope } }: ApiRequest, request: ListRequest): Promise<ApiResponse> => {
    const catalog = await readCatalog(scope);
    const bodies = Array.from(catalog.features.values(), (feature) =>
      request.expand.has('meters') || request.expand.has('meter')
        ? bodyWithMeter(scope, catalog, feature)
        : toFeatureBody(scope, feature),
    );
    return { status: 200, body: toListBody(bodies, request) };
  };

  return {
    createFeature,
    listFeatures: (request) => list(request, parseQuery(listQuerySchema(featureListSpec), request.query)),
    searchFeatures: (request) => list(request, parseBody(searchSchema(featureListSpec), request.body)),
    getFeature: async ({ caller: { scope }, path }) => {
      const catalog = await readCatalog(scope);
      return { status: 200, body: bodyWithMeter(scope, catalog, featureOf(catalog, path['id'] ?? '')) };
    },
    updateFeature,
    deleteFeature,
  } satisfies Record<string, RouteHandler>;
};

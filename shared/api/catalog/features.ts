// Schemas and conversions of features.
import * as v from 'valibot';
import { type Feature, featureTypes, type ReportingUnit } from '../../domain/catalog/feature.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { Scope } from '../../domain/ids.ts';
import type { FeatureBody, MeterBody } from '../bodies/catalog.ts';
import { toEntityBody } from '../entities/entity-body.ts';
import { brokenOf, fieldRules } from '../http/field-rules.ts';
import {
  metadataSchema,
  refusedField,
  requiredShortText,
  shortText,
  textSchema,
  positiveDecimalSchema,
} from '../http/primitives.ts';
import type { ListSpec } from '../entities/lists.ts';
import { createMeterSchema, filtersSchema } from './meters.ts';

const reportingUnitSchema = v.pipe(
  v.object({
    unit_singular: requiredShortText(255),
    unit_plural: requiredShortText(255),
    conversion_rate: positiveDecimalSchema,
  }),
  v.transform((sent): ReportingUnit => ({
    unitSingular: sent.unit_singular,
    unitPlural: sent.unit_plural,
    conversionRate: sent.conversion_rate,
  })),
);

const changeableEntries = {
  description: v.nullish(textSchema(10_000)),
  metadata: v.nullish(metadataSchema),
  unit_singular: v.nullish(shortText(255)),
  unit_plural: v.nullish(shortText(255)),
  reporting_unit: v.nullish(reportingUnitSchema),
  alert_settings: refusedField(),
  group_id: refusedField(),
};

export const createFeatureSchema = v.pipe(
  v.object({
    name: requiredShortText(255),
    type: v.picklist(featureTypes),
    lookup_key: v.nullish(textSchema(512), ''),
    meter_id: v.nullish(textSchema(512), ''),
    meter: v.nullish(createMeterSchema),
    ...changeableEntries,
  }),
  fieldRules(({ type, meter, meter_id: meterId }) => {
    const isMetered = type === 'metered';
    return brokenOf(
      [isMetered && !meter && meterId === '', 'meter_id', 'required, or a meter'],
      [!isMetered && meterId !== '', 'meter_id', 'only for metered features'],
      [!isMetered && Boolean(meter), 'meter', 'only for metered features'],
      [isMetered && Boolean(meter) && meterId !== '', 'meter', 'not together with meter_id'],
    );
  }),
);
export type CreateFeatureRequest = v.InferOutput<typeof createFeatureSchema>;

export const updateFeatureSchema = v.object({
  name: v.nullish(requiredShortText(255)),
  filters: v.nullish(filtersSchema, []),
  status: v.nullish(v.picklist(['published', 'archived'])),
  ...changeableEntries,
});

type SentFields = Pick<
  v.InferOutput<typeof updateFeatureSchema>,
  'name' | Exclude<keyof typeof changeableEntries, 'alert_settings' | 'group_id'>
>;
export type FeatureFields = Pick<
  Feature,
  'name' | 'description' | 'metadata' | 'unitSingular' | 'unitPlural' | 'reportingUnit'
>;

export const noFeatureFields: FeatureFields = {
  name: '',
  description: '',
  metadata: {},
  unitSingular: '',
  unitPlural: '',
};

/** Applies the sent fields to the current ones. */
export const toFeatureFields = (sent: SentFields, before: FeatureFields): FeatureFields => {
  const reportingUnit = sent.reporting_unit ?? before.reportingUnit;
  return {
    name: sent.name ?? before.name,
    description: sent.description ?? before.description,
    metadata: sent.metadata ?? before.metadata,
    unitSingular: sent.unit_singular ?? before.unitSingular,
    unitPlural: sent.unit_plural ?? before.unitPlural,
    ...(reportingUnit !== undefined && { reportingUnit }),
  };
};

/** Returns the unit field that is missing, since both or neither must be set; undefined if they are valid. */
export const unitViolation = ({
  unitSingular,
  unitPlural,
}: FeatureFields): 'unit_singular' | 'unit_plural' | undefined => {
  if ((unitSingular === '') === (unitPlural === '')) return undefined;
  return unitSingular === '' ? 'unit_singular' : 'unit_plural';
};

/** Returns the lookup key of a feature created without one: made from its name, or its `id` if the name has no letter or digit. */
export const defaultLookupKey = (name: string, id: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '') || id;

export const toReportingUnitBody = ({ unitSingular, unitPlural, conversionRate }: ReportingUnit) => ({
  unit_singular: unitSingular,
  unit_plural: unitPlural,
  conversion_rate: conversionRate,
});

export const toFeatureBody = (scope: Scope, feature: Feature, meter?: MeterBody): FeatureBody => ({
  id: feature.id,
  name: feature.name,
  lookup_key: feature.lookupKey,
  description: feature.description,
  meter_id: feature.meterId ?? '',
  metadata: feature.metadata,
  type: feature.type,
  unit_singular: feature.unitSingular,
  unit_plural: feature.unitPlural,
  ...(feature.reportingUnit && {
    reporting_unit: toReportingUnitBody(feature.reportingUnit),
  }),
  ...(feature.archivedAt !== undefined && { archived_at: formatInstant(feature.archivedAt) }),
  ...toEntityBody(scope, feature),
  ...(meter && { meter }),
});

export const featureListSpec: ListSpec = {
  fields: {
    id: 'text',
    name: 'text',
    lookup_key: 'text',
    description: 'text',
    meter_id: 'text',
    type: 'text',
    status: 'text',
    updated_at: 'time',
  },
  parameters: {
    feature_ids: { field: 'id', operator: 'in' },
    meter_ids: { field: 'meter_id', operator: 'in' },
    lookup_key: { field: 'lookup_key', operator: 'eq' },
    lookup_keys: { field: 'lookup_key', operator: 'in' },
    name_contains: { field: 'name', operator: 'contains' },
  },
  flags: [],
  statuses: ['published', 'archived'],
};

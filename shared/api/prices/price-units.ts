// Schemas and conversions of custom price units.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import type { PriceUnit } from '../../domain/pricing/price-unit.ts';
import type { PriceUnitBody } from '../bodies/price-units.ts';
import { toEntityBody } from '../entities/entity-body.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { ListSpec } from '../entities/lists.ts';
import { metadataSchema, positiveDecimalSchema, refusedField, requiredShortText } from '../http/primitives.ts';

const codeOf = (pattern: RegExp, rule: string) => v.pipe(v.string(), v.regex(pattern, rule), v.toLowerCase());

export const priceUnitCodeSchema = codeOf(/^[A-Za-z0-9]{3}$/, 'must have 3 letters or digits');

export const createPriceUnitSchema = v.object({
  name: requiredShortText(255),
  code: priceUnitCodeSchema,
  symbol: requiredShortText(10),
  base_currency: codeOf(/^[A-Za-z]{3}$/, 'must have 3 letters'),
  conversion_rate: positiveDecimalSchema,
  metadata: v.nullish(metadataSchema, {}),
});

const fixed = 'cannot be changed: prices depend on it';

export const updatePriceUnitSchema = v.object({
  name: v.nullish(requiredShortText(255)),
  metadata: v.nullish(metadataSchema),
  status: v.nullish(v.picklist(['published', 'archived'])),
  code: refusedField(fixed),
  symbol: refusedField(fixed),
  base_currency: refusedField(fixed),
  conversion_rate: refusedField(fixed),
});

export const toPriceUnitBody = (scope: Scope, unit: PriceUnit): PriceUnitBody => ({
  id: unit.id,
  name: unit.name,
  code: unit.code,
  symbol: unit.symbol,
  base_currency: unit.baseCurrency,
  conversion_rate: unit.conversionRate,
  metadata: unit.metadata,
  ...(unit.archivedAt !== undefined && { archived_at: formatInstant(unit.archivedAt) }),
  ...toEntityBody(scope, unit),
});

export const priceUnitListSpec: ListSpec = {
  fields: {
    id: 'text',
    name: 'text',
    code: 'text',
    symbol: 'text',
    base_currency: 'text',
    conversion_rate: 'number',
    status: 'text',
    updated_at: 'time',
  },
  parameters: { price_unit_ids: { field: 'id', operator: 'in' } },
  flags: [],
  statuses: ['published'],
};

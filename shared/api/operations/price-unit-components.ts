// Names the schemas of custom price units in the description.
import { listBodySchema } from '../bodies/body.ts';
import { PriceUnitBodySchema } from '../bodies/price-units.ts';
import { searchSchema } from '../entities/lists.ts';
import { createPriceUnitSchema, priceUnitListSpec, updatePriceUnitSchema } from '../prices/price-units.ts';
import { unitConfigSchema } from '../prices/price-unit-terms.ts';
import type { Component } from './values.ts';

export const priceUnitRequests = {
  PriceUnitConfig: {
    schema: unitConfigSchema,
    description: 'The terms of a CUSTOM price, in units. The currency of the price is the base currency of the unit.',
    fields: { price_unit: 'The code of a published price unit.' },
  },
  CreatePriceUnit: {
    schema: createPriceUnitSchema,
    fields: {
      code: 'Unique, ignoring case.',
      base_currency: 'ISO 4217.',
      conversion_rate: 'Greater than 0: the value of one unit in the base currency. It never changes.',
    },
  },
  UpdatePriceUnit: {
    schema: updatePriceUnitSchema,
    fields: { status: 'An archived unit cannot be used in new prices.' },
  },
  PriceUnitSearch: {
    schema: searchSchema(priceUnitListSpec),
    description: 'The parameters of the list in one object. All `filters` must match.',
  },
} satisfies Record<string, Component>;

export const priceUnitAnswers = {
  PriceUnit: { schema: PriceUnitBodySchema },
  PriceUnitList: { schema: listBodySchema(PriceUnitBodySchema) },
} satisfies Record<string, Component>;

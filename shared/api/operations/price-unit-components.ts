// Custom price units: what they take and answer, by the names that it has in the description.
import { listBodySchema } from '../bodies/body.ts';
import { PriceUnitBodySchema } from '../bodies/price-units.ts';
import { searchSchema } from '../entities/lists.ts';
import { createPriceUnitSchema, priceUnitListSpec, updatePriceUnitSchema } from '../prices/price-units.ts';
import { unitConfigSchema } from '../prices/price-unit-terms.ts';
import type { Component } from './values.ts';

export const priceUnitRequests = {
  PriceUnitConfig: {
    schema: unitConfigSchema,
    description: 'What a CUSTOM price costs, in units. The currency of the price is the base currency of the unit.',
    fields: { price_unit: 'The code of a published price unit.' },
  },
  CreatePriceUnit: {
    schema: createPriceUnitSchema,
    fields: {
      code: 'Unique, in any case of letters.',
      base_currency: 'ISO 4217.',
      conversion_rate: 'Greater than 0: how much of the base currency one unit is. It never changes.',
    },
  },
  UpdatePriceUnit: { schema: updatePriceUnitSchema, fields: { status: 'An archived one takes no new prices.' } },
  PriceUnitSearch: {
    schema: searchSchema(priceUnitListSpec),
    description: 'What a list takes, in one object. `filters` must all be met.',
  },
} satisfies Record<string, Component>;

export const priceUnitAnswers = {
  PriceUnit: { schema: PriceUnitBodySchema },
  PriceUnitList: { schema: listBodySchema(PriceUnitBodySchema) },
} satisfies Record<string, Component>;

// Custom price units: routes and bodies.
import { listBodySchema } from '../bodies/body.ts';
import { PriceUnitBodySchema } from '../bodies/price-units.ts';
import { searchSchema } from '../lists.ts';
import { createPriceUnitSchema, priceUnitListSpec, updatePriceUnitSchema } from '../price-units.ts';
import { unitConfigSchema } from '../price-unit-terms.ts';
import type { RouteId } from '../routes.ts';
import { listParameters } from './list-parameters.ts';
import type { Operation } from './operation.ts';
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

export const priceUnitOperations = {
  createPriceUnit: {
    tag: 'Prices',
    summary: 'Make a price unit',
    request: 'CreatePriceUnit',
    status: 201,
    response: 'PriceUnit',
    problems: ['already_exists'],
  },
  listPriceUnits: {
    tag: 'Prices',
    summary: 'List price units',
    query: listParameters(priceUnitListSpec),
    status: 200,
    response: 'PriceUnitList',
  },
  searchPriceUnits: {
    tag: 'Prices',
    summary: 'Search price units',
    request: 'PriceUnitSearch',
    status: 200,
    response: 'PriceUnitList',
  },
  getPriceUnit: {
    tag: 'Prices',
    summary: 'Show a price unit',
    status: 200,
    response: 'PriceUnit',
    problems: ['not_found'],
  },
  getPriceUnitByCode: {
    tag: 'Prices',
    summary: 'Show the price unit that has a code',
    status: 200,
    response: 'PriceUnit',
    problems: ['not_found'],
  },
  updatePriceUnit: {
    tag: 'Prices',
    summary: 'Change a price unit',
    request: 'UpdatePriceUnit',
    status: 200,
    response: 'PriceUnit',
    problems: ['not_found', 'already_exists'],
  },
  deletePriceUnit: {
    tag: 'Prices',
    summary: 'Archive a price unit',
    description: 'Its prices go on.',
    status: 200,
    response: 'Message',
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

// Describes the routes of custom price units.
import { priceUnitListSpec } from '../prices/price-units.ts';
import type { RouteId } from '../http/routes.ts';
import { listParameters } from './list-parameters.ts';
import type { Operation } from './operation.ts';

export const priceUnitOperations = {
  createPriceUnit: {
    tag: 'Prices',
    summary: 'Create a price unit',
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
    summary: 'Get a price unit',
    status: 200,
    response: 'PriceUnit',
    problems: ['not_found'],
  },
  getPriceUnitByCode: {
    tag: 'Prices',
    summary: 'Get a price unit by code',
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
    description: 'Existing prices in the unit stay in force.',
    status: 200,
    response: 'Message',
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

// Describes every route; a route without a description does not compile.
import type { RouteId } from '../http/routes.ts';
import { chargeOperations } from './charges.ts';
import { customerOperations } from './customers.ts';
import { entitlementOperations } from './entitlements.ts';
import { eventOperations } from './events.ts';
import type { Operation } from './operation.ts';
import { priceUnitOperations } from './price-units.ts';
import { productOperations } from './products.ts';
import { usageOperations } from './usage.ts';

const about = {
  whoAmI: {
    tag: 'About',
    summary: 'Get what the API key stands for',
    description: 'Its environment, roles and limits, and the deployment that answers.',
    status: 200,
    response: 'WhoAmI',
  },
  getOpenApi: {
    tag: 'About',
    summary: 'Get this document',
    description: 'Needs no key.',
    status: 200,
    response: 'OpenApi',
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

export const operations: Readonly<Record<RouteId, Operation>> = {
  ...eventOperations,
  ...usageOperations,
  ...productOperations,
  ...priceUnitOperations,
  ...customerOperations,
  ...chargeOperations,
  ...entitlementOperations,
  ...about,
};

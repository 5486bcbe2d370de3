// The type of what each route answers, from the description of the API. Types only: nothing of it is in the bundle.
import type { RouteId } from '../../../shared/api/http/routes.ts';
import type { BodyOf } from '../../../shared/api/bodies/body.ts';
import type { answers } from '../../../shared/api/operations/answers.ts';
import type { chargeComponents } from '../../../shared/api/operations/charge-components.ts';
import type { chargeOperations } from '../../../shared/api/operations/charges.ts';
import type { customerOperations } from '../../../shared/api/operations/customers.ts';
import type { entitlementComponents } from '../../../shared/api/operations/entitlement-components.ts';
import type { entitlementOperations } from '../../../shared/api/operations/entitlements.ts';
import type { eventOperations } from '../../../shared/api/operations/events.ts';
import type { parts } from '../../../shared/api/operations/parts.ts';
import type { priceUnitOperations } from '../../../shared/api/operations/price-units.ts';
import type { productOperations } from '../../../shared/api/operations/products.ts';
import type { usageOperations } from '../../../shared/api/operations/usage.ts';

type Operations = typeof eventOperations &
  typeof usageOperations &
  typeof productOperations &
  typeof priceUnitOperations &
  typeof customerOperations &
  typeof chargeOperations &
  typeof entitlementOperations;
type Components = typeof answers & typeof parts & typeof chargeComponents & typeof entitlementComponents;

type NameOf<Id extends RouteId> = Id extends keyof Operations ? Operations[Id]['response'] : never;

/** The body that a route answers; null if it answers none. */
export type AnswerOf<Id extends RouteId> =
  NameOf<Id> extends keyof Components ? BodyOf<Components[NameOf<Id>]['schema']> : null;

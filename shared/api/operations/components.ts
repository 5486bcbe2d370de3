// All named schemas of the description of the API.
import { answers } from './answers.ts';
import { chargeComponents } from './charge-components.ts';
import { entitlementComponents } from './entitlement-components.ts';
import { parts } from './parts.ts';
import { requests } from './requests.ts';
import { type Component, values } from './values.ts';

export type ComponentName =
  | keyof typeof values
  | keyof typeof parts
  | keyof typeof requests
  | keyof typeof answers
  | keyof typeof chargeComponents
  | keyof typeof entitlementComponents;

export const components: Readonly<Record<ComponentName, Component>> = {
  ...values,
  ...parts,
  ...requests,
  ...answers,
  ...chargeComponents,
  ...entitlementComponents,
};

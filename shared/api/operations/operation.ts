// The description of a route: texts, parameters, and the bodies it accepts and answers.
import type * as v from 'valibot';
import type { ProblemCode } from '../http/problem.ts';
import type { ComponentName } from './components.ts';

export const tags = {
  Events: 'Send events and see what became of them.',
  Usage: 'What events add up to, and why.',
  Meters: 'What to count: an event name, filters, an aggregation.',
  Features: 'What plans grant or charge for; a metered one names its meter.',
  Customers: 'Who is billed, identified by the external id in events.',
  Plans: 'What customers subscribe to.',
  Prices: 'What is charged: for usage of a meter, or a fixed amount. A change of terms starts a new version.',
  Entitlements: 'What plans and subscriptions grant of features.',
  Subscriptions: 'A customer on a plan, with the line items that are billed.',
  Charges: 'What a subscription owes for a period, and why.',
  'API keys': 'Who may call what, and how often.',
  About: 'The API itself.',
} as const;

/** A query parameter. A query contains texts; the schema is that of their meaning. */
export interface Parameter {
  readonly schema: v.GenericSchema;
  readonly description?: string;
  readonly isRequired?: true;
}

export interface Operation {
  readonly tag: keyof typeof tags;
  readonly summary: string;
  readonly description?: string;
  /** Descriptions of path parameters whose names do not explain them. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly request?: ComponentName;
  readonly isRequestOptional?: true;
  readonly status: 200 | 201 | 202 | 204;
  /** null: an empty answer. */
  readonly response: ComponentName | null;
  /** Errors in addition to those that any route may answer. */
  readonly problems?: readonly ProblemCode[];
}

// How a route is described: in words, and by what it takes and answers.
import type * as v from 'valibot';
import type { ProblemCode } from '../http/problem.ts';
import type { ComponentName } from './components.ts';

export const tags = {
  Events: 'Sending events, and asking what became of them.',
  Usage: 'What events add up to, and why.',
  Meters: 'What to count: an event name, filters, an aggregation.',
  Features: 'What plans grant or charge for; a metered one names its meter.',
  Customers: 'Who is billed, found by the external id that events carry.',
  Plans: 'What customers subscribe to.',
  Prices: 'What is charged: by usage of a meter, or fixed. A change of terms starts a new version.',
  Entitlements: 'What plans and subscriptions grant of features.',
  Subscriptions: 'A customer on a plan, with the line items that bill.',
  Charges: 'What a subscription owes for a period, and why.',
  'API keys': 'Who may call what, and how often.',
  About: 'The API itself.',
} as const;

/** Of the query. A query holds texts; the schema is that of what they say. */
export interface Parameter {
  readonly schema: v.GenericSchema;
  readonly description?: string;
  readonly isRequired?: true;
}

export interface Operation {
  readonly tag: keyof typeof tags;
  readonly summary: string;
  readonly description?: string;
  /** What the parameters of the path are, where their names do not say it. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly request?: ComponentName;
  readonly isRequestOptional?: true;
  readonly status: 200 | 201 | 202 | 204;
  /** null: an empty answer. */
  readonly response: ComponentName | null;
  /** Beside those that any route may answer. */
  readonly problems?: readonly ProblemCode[];
}

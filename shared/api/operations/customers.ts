// Customers, their subscriptions, and API keys.
import * as v from 'valibot';
import { apiKeyListSpec } from '../access/api-keys.ts';
import { customerListSpec } from '../customers/customers.ts';
import type { RouteId } from '../http/routes.ts';
import { subscriptionListSpec } from '../subscriptions/subscriptions.ts';
import { listParameters } from './list-parameters.ts';
import type { Operation } from './operation.ts';

const customers = {
  createCustomer: {
    tag: 'Customers',
    summary: 'Make a customer',
    description: "Events that came before are the customer's too.",
    request: 'CreateCustomer',
    status: 201,
    response: 'Customer',
    problems: ['already_exists'],
  },
  listCustomers: {
    tag: 'Customers',
    summary: 'List customers',
    query: listParameters(customerListSpec),
    status: 200,
    response: 'CustomerList',
  },
  searchCustomers: {
    tag: 'Customers',
    summary: 'Search customers',
    request: 'CustomerSearch',
    status: 200,
    response: 'CustomerList',
  },
  updateCustomerByQuery: {
    tag: 'Customers',
    summary: 'Change a customer that the query names',
    query: {
      id: { schema: v.string(), description: 'This, or `external_customer_id`.' },
      external_customer_id: { schema: v.string() },
    },
    request: 'UpdateCustomer',
    status: 200,
    response: 'Customer',
    problems: ['not_found'],
  },
  getCustomerByExternalId: {
    tag: 'Customers',
    summary: 'Show the customer that has an external id',
    status: 200,
    response: 'Customer',
    problems: ['not_found'],
  },
  getCustomerByLookupKey: {
    tag: 'Customers',
    summary: 'Show the customer that has an external id, by another path',
    path: { lookup_key: 'The `external_id`.' },
    status: 200,
    response: 'Customer',
    problems: ['not_found'],
  },
  listSubscriptionsOfCustomer: {
    tag: 'Customers',
    summary: 'List the subscriptions of the customer that has an external id',
    description: 'Active ones, unless `subscription_status` says otherwise.',
    query: listParameters(subscriptionListSpec, 'plan, customer, subscription_line_items, prices'),
    status: 200,
    response: 'SubscriptionList',
    problems: ['not_found'],
  },
  getCustomer: {
    tag: 'Customers',
    summary: 'Show a customer',
    status: 200,
    response: 'Customer',
    problems: ['not_found'],
  },
  updateCustomer: {
    tag: 'Customers',
    summary: 'Change a customer',
    request: 'UpdateCustomer',
    status: 200,
    response: 'Customer',
    problems: ['not_found'],
  },
  deleteCustomer: {
    tag: 'Customers',
    summary: 'Delete a customer',
    description: 'One without a live subscription.',
    status: 204,
    response: null,
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

const subscriptions = {
  createSubscription: {
    tag: 'Subscriptions',
    summary: 'Subscribe a customer to a plan',
    description: 'Events that came since its start are billed too.',
    request: 'CreateSubscription',
    status: 201,
    response: 'Subscription',
    problems: ['not_found', 'already_exists'],
  },
  listSubscriptions: {
    tag: 'Subscriptions',
    summary: 'List subscriptions',
    description: 'Active ones, unless `subscription_status` says otherwise.',
    query: listParameters(subscriptionListSpec, 'plan, customer, subscription_line_items, prices'),
    status: 200,
    response: 'SubscriptionList',
  },
  searchSubscriptions: {
    tag: 'Subscriptions',
    summary: 'Search subscriptions',
    request: 'SubscriptionSearch',
    status: 200,
    response: 'SubscriptionList',
  },
  getSubscription: {
    tag: 'Subscriptions',
    summary: 'Show a subscription with everything',
    description: 'But line items that ended before the current period.',
    status: 200,
    response: 'Subscription',
    problems: ['not_found'],
  },
  getSubscriptionV2: {
    tag: 'Subscriptions',
    summary: 'Show a subscription with what is asked for',
    query: {
      expand: {
        schema: v.string(),
        description: 'What to embed, separated by commas: plan, customer, subscription_line_items, prices.',
      },
    },
    status: 200,
    response: 'Subscription',
    problems: ['not_found'],
  },
  updateSubscription: {
    tag: 'Subscriptions',
    summary: "Change a subscription's status and end",
    description: 'Line items end with it, and go on with it; one that has an earlier end of its own keeps it.',
    request: 'UpdateSubscription',
    status: 200,
    response: 'Subscription',
    problems: ['not_found'],
  },
  cancelSubscription: {
    tag: 'Subscriptions',
    summary: 'Cancel a subscription',
    request: 'CancelSubscription',
    status: 200,
    response: 'Cancellation',
    problems: ['not_found'],
  },
  activateSubscription: {
    tag: 'Subscriptions',
    summary: 'Activate a draft',
    request: 'ActivateSubscription',
    status: 200,
    response: 'Subscription',
    problems: ['not_found'],
  },
  addLineItem: {
    tag: 'Subscriptions',
    summary: 'Add a line item',
    request: 'AddLineItem',
    status: 201,
    response: 'LineItem',
    problems: ['not_found'],
  },
  searchLineItems: {
    tag: 'Subscriptions',
    summary: 'Search line items',
    description: 'Of all subscriptions, with those that have ended.',
    request: 'LineItemSearch',
    status: 200,
    response: 'LineItemList',
  },
  updateLineItem: {
    tag: 'Subscriptions',
    summary: 'Change a line item',
    request: 'ChangeLineItem',
    status: 200,
    response: 'LineItem',
    problems: ['not_found'],
  },
  deleteLineItem: {
    tag: 'Subscriptions',
    summary: 'End a line item',
    request: 'EndLineItem',
    isRequestOptional: true,
    status: 200,
    response: 'LineItem',
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

const apiKeys = {
  createApiKey: {
    tag: 'API keys',
    summary: 'Make an API key',
    description:
      'It has no role, environment, time or rate beyond those of the key that makes it. It works on when that key is revoked.',
    request: 'CreateApiKey',
    status: 201,
    response: 'CreatedApiKey',
  },
  listApiKeys: {
    tag: 'API keys',
    summary: 'List API keys',
    description: 'Those that the caller made, and its own; all of them for super_admin.',
    query: listParameters(apiKeyListSpec),
    status: 200,
    response: 'ApiKeyList',
  },
  deleteApiKey: {
    tag: 'API keys',
    summary: 'Revoke an API key',
    description:
      'It may work for 30 seconds more. One usable `super_admin` key of a tenant and environment is left, whatever is revoked at the same time, unless `force` is true.',
    query: {
      force: {
        schema: v.optional(v.boolean(), false),
        description: 'Whether it may be the usable `super_admin` key that lasts longest.',
      },
    },
    status: 204,
    response: null,
    problems: ['invalid_operation', 'not_found', 'version_conflict'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

export const customerOperations = { ...customers, ...subscriptions, ...apiKeys };

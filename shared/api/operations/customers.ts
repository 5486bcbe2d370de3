// Describes the routes of customers, subscriptions and API keys.
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
    summary: 'Create a customer',
    description: 'Events received earlier belong to the customer, too.',
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
    summary: 'Change a customer named by the query',
    query: {
      id: { schema: v.string(), description: 'Either this or `external_customer_id`.' },
      external_customer_id: { schema: v.string() },
    },
    request: 'UpdateCustomer',
    status: 200,
    response: 'Customer',
    problems: ['not_found'],
  },
  getCustomerByExternalId: {
    tag: 'Customers',
    summary: 'Get a customer by external id',
    status: 200,
    response: 'Customer',
    problems: ['not_found'],
  },
  getCustomerByLookupKey: {
    tag: 'Customers',
    summary: 'Get a customer by external id, by another path',
    path: { lookup_key: 'The `external_id`.' },
    status: 200,
    response: 'Customer',
    problems: ['not_found'],
  },
  listSubscriptionsOfCustomer: {
    tag: 'Customers',
    summary: 'List the subscriptions of a customer by external id',
    description: 'Lists active ones, unless `subscription_status` says otherwise.',
    query: listParameters(subscriptionListSpec, 'plan, customer, subscription_line_items, prices'),
    status: 200,
    response: 'SubscriptionList',
    problems: ['not_found'],
  },
  getCustomer: {
    tag: 'Customers',
    summary: 'Get a customer',
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
    description: 'The customer must not have a live subscription.',
    status: 204,
    response: null,
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

const subscriptions = {
  createSubscription: {
    tag: 'Subscriptions',
    summary: 'Subscribe a customer to a plan',
    description: 'Events received since its start are billed, too.',
    request: 'CreateSubscription',
    status: 201,
    response: 'Subscription',
    problems: ['not_found', 'already_exists'],
  },
  listSubscriptions: {
    tag: 'Subscriptions',
    summary: 'List subscriptions',
    description: 'Lists active ones, unless `subscription_status` says otherwise.',
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
    summary: 'Get a subscription with everything',
    description: 'Includes everything except line items that ended before the current period.',
    status: 200,
    response: 'Subscription',
    problems: ['not_found'],
  },
  getSubscriptionV2: {
    tag: 'Subscriptions',
    summary: 'Get a subscription with selected parts',
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
    summary: 'Change the status and the end of a subscription',
    description: 'Line items end and continue with the subscription; a line item with its own earlier end keeps it.',
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
    description: 'Searches the line items of all subscriptions, including those that have ended.',
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
    summary: 'Create an API key',
    description:
      "Its roles, environment, expiry and rate limit cannot exceed those of the caller's key. It keeps working when that key is revoked.",
    request: 'CreateApiKey',
    status: 201,
    response: 'CreatedApiKey',
  },
  listApiKeys: {
    tag: 'API keys',
    summary: 'List API keys',
    description: "Lists the caller's key and those it created; all keys for super_admin.",
    query: listParameters(apiKeyListSpec),
    status: 200,
    response: 'ApiKeyList',
  },
  deleteApiKey: {
    tag: 'API keys',
    summary: 'Revoke an API key',
    description:
      'The key may still work for 30 seconds. At least one usable `super_admin` key of a tenant and environment remains, even under concurrent revocations, unless `force` is true.',
    query: {
      force: {
        schema: v.optional(v.boolean(), false),
        description: 'Whether to allow revoking the longest-lived usable `super_admin` key.',
      },
    },
    status: 204,
    response: null,
    problems: ['invalid_operation', 'not_found', 'version_conflict'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

export const customerOperations = { ...customers, ...subscriptions, ...apiKeys };

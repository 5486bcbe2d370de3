// Recognises paths of the upstream that are deliberately not supported, so that the error says so. docs/compatibility.md lists them.

/** Prefixes of paths, without the version; `*` is any one segment. */
const outside = [
  ...['activity', 'addons', 'alerts', 'analytics', 'checkout', 'costs', 'coupons', 'creditgrants', 'creditnotes'],
  ...['entity-integration-mappings', 'environments', 'forex', 'groups', 'integrations', 'invoices', 'marketplace'],
  ...[
    'meter-usage',
    'payments',
    'portal',
    'rbac',
    'refunds',
    'secrets/integrations',
    'subscription-schedules',
    'tasks',
  ],
  ...['taxes', 'tenant', 'tenants', 'usage-records', 'users', 'wallets', 'webhook-events', 'webhooks', 'workflows'],
  ...['customers/portal', 'customers/wallets', 'customers/*/grants', 'customers/*/invoices'],
  ...['customers/*/payment-methods', 'customers/*/wallets'],
  ...['events/huggingface-billing', 'events/huggingface-inference', 'events/raw'],
  ...['features/*/clone', 'plans/*/clone', 'plans/*/creditgrants', 'plans/*/sync'],
  ...['subscriptions/addon', 'subscriptions/schedules', 'subscriptions/*/addons', 'subscriptions/*/change'],
  ...['subscriptions/*/grants', 'subscriptions/*/modify', 'subscriptions/*/pause', 'subscriptions/*/pauses'],
  ...['subscriptions/*/resume', 'subscriptions/*/schedules'],
].map((path) => path.split('/'));

/** Returns whether the upstream has the path and Tollgate does not. Some official SDKs repeat the version in a path. */
export const isOutside = (path: string): boolean => {
  const segments = path.replace(/^(?:\/v1)+\//, '').split('/');
  return outside.some((beginning) => beginning.every((one, index) => one === '*' || one === segments[index]));
};

export const whereOutside = 'docs/compatibility.md lists what is not part of Tollgate';

/** Returns the message for a path without a route: `GET /v1/wallets is not part of Tollgate …`, or that there is no such route. */
export const noRouteText = (method: string, path: string): string => {
  const route = `${method} ${path.slice(0, 200)}`;
  return isOutside(path)
    ? `${route} is not part of Tollgate, by design: see docs/compatibility.md`
    : `No route ${route}`;
};

// The call that lists subscriptions to choose from, also those that are over: their bills can still be asked for.
import type { Call } from '../../api/call.ts';

const mostListed = 200;

/** Returns the call for the subscriptions of a customer; "": of all. */
export const subscriptionsCall = (customer: string): Call<'searchSubscriptions'> => ({
  route: 'searchSubscriptions',
  body: {
    ...(customer !== '' && { external_customer_id: customer }),
    subscription_status: ['active', 'trialing', 'cancelled'],
    expand: 'plan',
    limit: mostListed,
  },
});

// With a retention events are not kept forever: a question that begins before what is kept is refused, whatever it is about. So
// no answer says less than there was.
import { expect, test } from '@jest/globals';
import { createClient, hours, objectOf } from '../support/drivers/client.ts';
import { openInProcessDriver } from '../support/drivers/driver-in-process.ts';
import { createSubscription, setUpBilling } from './steps/catalog-steps.ts';

const days = (count: number): number => hours(24 * count);

test('every question about a customer begins no earlier than its events are kept', async () => {
  const client = createClient(await openInProcessDriver({ retentionDays: 40 }));
  const { customer, eventName, meterId, planId } = await setUpBilling(client);
  const id = await createSubscription(client, customer, planId, { start_date: client.ago(days(200)) });
  const ofCustomer = { external_customer_id: customer };
  const usage = { event_name: eventName, aggregation_type: 'COUNT', ...ofCustomer };
  const questions = (start: string, end = client.ago(days(1))) => {
    const range = { start_time: start, end_time: end };
    const preview = { subscription_id: id, period_start: start, period_end: end };
    return [
      ['/v1/invoices/preview', preview, 'period_start'],
      ['/v1/invoices/preview', { ...preview, include: ['unbilled_events'] }, 'period_start'],
      ['/v1/subscriptions/usage', { subscription_id: id, ...range }, 'start_time'],
      ['/v1/events/usage', { ...usage, ...range }, 'start_time'],
      ['/v1/events/usage/meter', { meter_id: meterId, ...ofCustomer, ...range }, 'start_time'],
      ['/v1/events/usage/explain', { ...usage, ...range }, 'start_time'],
      ['/v1/events/analytics', { ...ofCustomer, ...range }, 'start_time'],
      ['/v1/events/query', { ...ofCustomer, ...range }, 'start_time'],
    ] as const;
  };
  for (const [path, body] of questions(client.ago(days(101)))) {
    expect([path, (await client.driver.request('POST', path, body)).status]).toEqual([path, 200]);
  }
  for (const [path, body, field] of questions(client.ago(days(102)))) {
    expect([path, await client.driver.request('POST', path, body)]).toMatchObject([
      path,
      { status: 400, body: { details: { [field]: 'must be within the last 101 days: earlier events are not kept' } } },
    ]);
  }
  const lifetime = { subscription_id: id, lifetime_usage: true };
  expect(await client.driver.request('POST', '/v1/subscriptions/usage', lifetime)).toMatchObject({
    status: 400,
    body: { details: { lifetime_usage: expect.stringContaining('101 days') } },
  });
});

test('what lies before a subscription is not asked for', async () => {
  const client = createClient(await openInProcessDriver({ retentionDays: 40 }));
  const { subscriptionId: id } = await setUpBilling(client);
  const [start, end] = [client.ago(days(200)), client.ago(0)];
  await client.call('POST', '/v1/invoices/preview', { subscription_id: id, period_start: start, period_end: end });
  await client.call('POST', '/v1/subscriptions/usage', { subscription_id: id, lifetime_usage: true });
});

test('a window of an allowance that began before what is kept has no number', async () => {
  const client = createClient(await openInProcessDriver({ retentionDays: 40 }));
  const { customer, meterId, planId } = await setUpBilling(client);
  const { id: feature } = objectOf(
    await client.call('POST', '/v1/features', { name: 'calls', type: 'metered', meter_id: meterId }),
  );
  const id = await createSubscription(client, customer, planId, { start_date: client.ago(days(200)) });
  const preview = { subscription_id: id };
  const customerUsage = `/v1/customers/usage?customer_lookup_key=${customer}`;
  const grant = { plan_id: planId, feature_id: feature, feature_type: 'metered', usage_limit: 5 };
  const { id: entitlement } = objectOf(
    await client.call('POST', '/v1/entitlements', { ...grant, usage_reset_period: 'MONTHLY' }),
  );
  await client.call('POST', '/v1/invoices/preview', preview);
  await client.call('GET', customerUsage);
  await client.call('PUT', `/v1/entitlements/${String(entitlement)}`, { usage_reset_period: 'ANNUAL' });
  const rule = expect.stringMatching(/^needs the usage since .* events are kept for 101 days$/);
  expect(await client.driver.request('POST', '/v1/invoices/preview', preview)).toMatchObject({
    status: 400,
    body: { details: { period_start: rule } },
  });
  expect(await client.driver.request('GET', customerUsage)).toMatchObject({
    status: 400,
    body: { details: { feature_ids: rule } },
  });
});

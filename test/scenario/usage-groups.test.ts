// Usage by groups: each row says which group it is, as each explained event does.
import { describe, expect, test } from '@jest/globals';
import { createClient, hours } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

describe('usage by groups', () => {
  const root = createClient(useDriver());

  test('names the group of every row', async () => {
    const client = await inNewEnvironment(root);
    const timestamp = client.ago(hours(1));
    const hosts = ['web-1', 'データベース 🚀', undefined, '["x"]'];
    await sendBulk(
      client,
      hosts.map((host, index) => ({
        event_id: `e${String(index)}`,
        event_name: 'vm',
        external_customer_id: 'acme',
        timestamp,
        properties: { gb: index + 1, ...(host !== undefined && { host }) },
      })),
    );
    const asked = {
      event_name: 'vm',
      aggregation_type: 'MAX',
      property_name: 'gb',
      bucket_size: 'DAY',
      group_by: ['properties.host'],
    };
    const bucket = `${timestamp.slice(0, 10)}T00:00:00Z`;
    expect(await client.call('POST', '/v1/events/usage', asked)).toMatchObject({
      results: [
        { window_size: bucket, group: { 'properties.host': '' }, value: 3 },
        { window_size: bucket, group: { 'properties.host': '["x"]' }, value: 4 },
        { window_size: bucket, group: { 'properties.host': 'web-1' }, value: 1 },
        { window_size: bucket, group: { 'properties.host': 'データベース 🚀' }, value: 2 },
      ],
      value: 10,
    });
    expect(await client.call('POST', '/v1/events/usage', { ...asked, group_by: [] })).toMatchObject({
      results: [{ window_size: bucket, value: 4 }],
    });
  });
});

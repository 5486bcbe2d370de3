// Checks the usage that the official SDK reads for the events that its suite sends.
import { expect } from '@jest/globals';
import type { Flexprice } from '@flexprice/sdk';

interface Asked {
  readonly externalCustomerId: string;
  readonly eventName: string;
}

export const expectUsage = async (sdk: Flexprice, { externalCustomerId, eventName }: Asked): Promise<void> => {
  const usage = await sdk.events.getUsageStatistics({
    externalCustomerId,
    eventName,
    aggregationType: 'SUM',
    propertyName: 'tokens',
    windowSize: 'DAY',
  });
  expect(usage).toMatchObject({ eventName, type: 'SUM', value: 14.5, results: [{ value: 14.5 }] });
  const groupBy = ['properties.model'];
  const { items = [] } = await sdk.events.getUsageAnalytics({ externalCustomerId, groupBy });
  expect(items).toMatchObject([
    { eventName, totalUsage: '12.5', eventCount: 1, unit: 'token', properties: { model: 'large' } },
    { eventName, totalUsage: '2', eventCount: 2, properties: { model: 'small' } },
  ]);
  const meterId = items[0]?.meterId ?? '';
  expect(await sdk.events.getUsageByMeter({ externalCustomerId, meterId })).toMatchObject({ value: 14.5 });
};

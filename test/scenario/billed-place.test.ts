// Where the lookup of an event says that it is billed: the period or the trial, the version of the line, the window of the allowance.
import { describe, expect, test } from '@jest/globals';
import { openBilled } from '../support/drivers/billed.ts';
import { createClient } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { lookUp } from './steps/event-steps.ts';

const dayOf = (date: string): string => `${date}T00:00:00Z`;

describe('the lookup of a billed event', () => {
  const client = createClient(useDriver());

  test('names the trial or the period, the version of the line and the window of the allowance', async () => {
    const billed = await openBilled(client, {
      prices: [{}],
      allowance: { usage_limit: 1000, usage_reset_period: 'ANNUAL' },
      subscription: { start_date: dayOf('2025-06-15'), trial_period_days: 30 },
    });
    const [trialEnd, change, end] = [dayOf('2025-07-15'), dayOf('2025-08-01'), dayOf('2025-08-15')];
    await billed.change({ amount: '2', effective_from: change });
    const [tried = '', first = '', second = ''] = await billed.use([
      [dayOf('2025-06-20'), 1],
      [dayOf('2025-07-20'), 1],
      [dayOf('2025-08-02'), 1],
    ]);
    const inTrial = { period_start: dayOf('2025-06-15'), period_end: trialEnd, is_trial: true };
    expect(await lookUp(client, tried)).toMatchObject({ processed_events: [inTrial] });
    expect(JSON.stringify(await lookUp(client, tried))).not.toContain('window_start');
    const allowance = { usage_limit: 1000, window_start: trialEnd, window_end: dayOf('2026-07-15') };
    const inPeriod = { period_start: trialEnd, period_end: end, is_trial: false, allowance };
    expect(await lookUp(client, first)).toMatchObject({
      processed_events: [{ ...inPeriod, line_version: { number: 1, of: 2, start: trialEnd, end: change } }],
    });
    expect(await lookUp(client, second)).toMatchObject({
      processed_events: [{ ...inPeriod, line_version: { number: 2, of: 2, start: change, end } }],
    });
  });
});

// Where a tier ends: the unit at its boundary belongs to it, and so do fractions of units up to there.
import { describe, expect, test } from '@jest/globals';
import { openBilled } from '../support/drivers/billed.ts';
import { createClient } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';

const start = '2025-06-01T00:00:00Z';

describe('250 free units in the first tier, and 0.02 beyond', () => {
  const client = createClient(useDriver());

  test.each([
    ['SLAB', [250, 250.5, 251], ['0', '0.01', '0.02']],
    ['VOLUME', [250, 250.5, 251], ['0', '5.01', '5.02']],
  ])('cost by %s for %j units: %j', async (mode, quantities, totals) => {
    const tiers = [
      { up_to: 250, unit_amount: '0' },
      { up_to: null, unit_amount: '0.02' },
    ];
    const price = { billing_model: 'TIERED', tier_mode: mode, tiers };
    const seen: string[] = [];
    for (const n of quantities) {
      const { use, preview } = await openBilled(client, { prices: [price], subscription: { start_date: start } });
      await use([[start, n]]);
      seen.push((await preview(start)).total);
    }
    expect(seen).toEqual(totals);
  });
});

import { expect, test } from '@jest/globals';
import { anEvent } from '../../../support/builders/builders.ts';
import { dayMs } from '../../../support/arbitraries/usage-values.ts';
import { type Asked, openUsageWorld } from '../../../support/worlds/usage-world.ts';

const origin = Date.UTC(2026, 2, 1, 12);
const asked: Asked = {
  question: {
    kind: 'aggregate',
    name: 'call',
    type: 'COUNT',
    field: '',
    filters: [],
    requestFilters: [],
    sources: [],
    customerId: '',
    isNeverReset: false,
  },
  customer: '',
  range: { start: origin, end: origin + 1_000 },
};

// Parts of up to 16 events are in the feed themselves, larger ones by reference: 40 events are one reference.
test.each([[1], [6], [18], [39]])(
  'events of parts that overlap count once: 40 in one part, and again in parts of %d',
  async (size) => {
    const world = await openUsageWorld({ origin, shards: 2 });
    const events = Array.from({ length: 40 }, (_, index) =>
      anEvent({ id: `e${String(index)}`, name: 'call', timestamp: origin + index }),
    );
    await world.send(events);
    await world.redeliverRecut(0, size);
    for (const wait of [0, dayMs]) {
      world.passTime(wait);
      for (const customer of ['', 'acme']) expect((await world.query({ ...asked, customer })).value).toBe(40);
    }
  },
);

// Windows of usage by the clocks of time zones, above all on the days on which those change: what a client is answered.
import { expect, test } from '@jest/globals';
import { anEvent } from '../../support/builders/builders.ts';
import { naiveUsage } from '../../support/oracles/naive-usage.ts';
import type { NaiveParts } from '../../support/oracles/naive-windows.ts';
import { dayMs } from '../../support/arbitraries/usage-values.ts';
import { type Asked, openUsageWorld, toAnswer } from '../../support/worlds/usage-world.ts';

/** The instant of each event, and the window it is in. */
type Events = readonly (readonly [at: string, window: string])[];

const cases: readonly (readonly [what: string, timezone: string, size: NaiveParts['size'], events: Events])[] = [
  [
    'a day',
    'Asia/Kolkata',
    'DAY',
    [
      ['2026-03-01T18:29:59.999Z', '2026-03-01T00:00:00+05:30'],
      ['2026-03-01T18:30:00Z', '2026-03-02T00:00:00+05:30'],
      ['2026-03-02T18:29:59.999Z', '2026-03-02T00:00:00+05:30'],
    ],
  ],
  [
    'an hour',
    'Asia/Kolkata',
    'HOUR',
    [
      ['2026-03-01T18:29:59.999Z', '2026-03-01T23:00:00+05:30'],
      ['2026-03-01T18:30:00Z', '2026-03-02T00:00:00+05:30'],
    ],
  ],
  [
    'an hour',
    'Asia/Kathmandu',
    'HOUR',
    [
      ['2026-03-01T18:14:59.999Z', '2026-03-01T23:00:00+05:45'],
      ['2026-03-01T18:15:00Z', '2026-03-02T00:00:00+05:45'],
    ],
  ],
  [
    'a month',
    'Asia/Kathmandu',
    'MONTH',
    [
      ['2026-02-28T18:14:59.999Z', '2026-02-01T00:00:00+05:45'],
      ['2026-02-28T18:15:00Z', '2026-03-01T00:00:00+05:45'],
    ],
  ],
  [
    'a day of 23 hours',
    'America/New_York',
    'DAY',
    [
      ['2026-03-08T04:59:59.999Z', '2026-03-07T00:00:00-05:00'],
      ['2026-03-08T05:00:00Z', '2026-03-08T00:00:00-05:00'],
      ['2026-03-09T03:59:59.999Z', '2026-03-08T00:00:00-05:00'],
      ['2026-03-09T04:00:00Z', '2026-03-09T00:00:00-04:00'],
    ],
  ],
  [
    'a skipped hour',
    'America/New_York',
    'HOUR',
    [
      ['2026-03-08T06:59:59.999Z', '2026-03-08T01:00:00-05:00'],
      ['2026-03-08T07:00:00Z', '2026-03-08T03:00:00-04:00'],
    ],
  ],
  [
    'a repeated hour',
    'America/New_York',
    'HOUR',
    [
      ['2026-11-01T05:59:59.999Z', '2026-11-01T01:00:00-04:00'],
      ['2026-11-01T06:00:00Z', '2026-11-01T01:00:00-05:00'],
    ],
  ],
  [
    'a repeated half hour',
    'America/New_York',
    '30MIN',
    [
      ['2026-11-01T05:30:00Z', '2026-11-01T01:30:00-04:00'],
      ['2026-11-01T06:30:00Z', '2026-11-01T01:30:00-05:00'],
    ],
  ],
  [
    'a week of an hour more',
    'America/New_York',
    'WEEK',
    [
      ['2026-11-01T03:59:59.999Z', '2026-10-25T00:00:00-04:00'],
      ['2026-11-01T04:00:00Z', '2026-11-01T00:00:00-04:00'],
      ['2026-11-08T04:59:59.999Z', '2026-11-01T00:00:00-04:00'],
      ['2026-11-08T05:00:00Z', '2026-11-08T00:00:00-05:00'],
    ],
  ],
  [
    'a repeated quarter hour',
    'Europe/Berlin',
    '15MIN',
    [
      ['2026-10-25T00:05:00Z', '2026-10-25T02:00:00+02:00'],
      ['2026-10-25T01:05:00Z', '2026-10-25T02:00:00+01:00'],
    ],
  ],
  [
    'three hours that last four',
    'Europe/Berlin',
    '3HOUR',
    [
      ['2026-10-24T22:00:00Z', '2026-10-25T00:00:00+02:00'],
      ['2026-10-25T01:59:59.999Z', '2026-10-25T00:00:00+02:00'],
      ['2026-10-25T02:00:00Z', '2026-10-25T03:00:00+01:00'],
    ],
  ],
  [
    'half a day of eleven hours',
    'Europe/Berlin',
    '12HOUR',
    [
      ['2026-03-28T23:00:00Z', '2026-03-29T00:00:00+01:00'],
      ['2026-03-29T09:59:59.999Z', '2026-03-29T00:00:00+01:00'],
      ['2026-03-29T10:00:00Z', '2026-03-29T12:00:00+02:00'],
    ],
  ],
  [
    'a repeated half hour',
    'Australia/Lord_Howe',
    '30MIN',
    [
      ['2026-04-04T14:59:59.999Z', '2026-04-05T01:30:00+11:00'],
      ['2026-04-04T15:00:00Z', '2026-04-05T01:30:00+10:30'],
    ],
  ],
  [
    'an hour of 90 minutes',
    'Australia/Lord_Howe',
    'HOUR',
    [
      ['2026-04-04T14:00:00Z', '2026-04-05T01:00:00+11:00'],
      ['2026-04-04T15:29:59.999Z', '2026-04-05T01:00:00+11:00'],
      ['2026-04-04T15:30:00Z', '2026-04-05T02:00:00+10:30'],
    ],
  ],
  [
    'an hour of 30 minutes',
    'Australia/Lord_Howe',
    'HOUR',
    [
      ['2026-10-03T15:29:59.999Z', '2026-10-04T01:00:00+10:30'],
      ['2026-10-03T15:30:00Z', '2026-10-04T02:30:00+11:00'],
      ['2026-10-03T16:00:00Z', '2026-10-04T03:00:00+11:00'],
    ],
  ],
  [
    'a day without a midnight',
    'America/Santiago',
    'DAY',
    [
      ['2026-09-06T03:59:59.999Z', '2026-09-05T00:00:00-04:00'],
      ['2026-09-06T04:00:00Z', '2026-09-06T01:00:00-03:00'],
      ['2026-09-07T02:59:59.999Z', '2026-09-06T01:00:00-03:00'],
    ],
  ],
  [
    'a day with two midnights',
    'America/Havana',
    'DAY',
    [
      ['2026-11-01T03:59:59.999Z', '2026-10-31T00:00:00-04:00'],
      ['2026-11-01T04:00:00Z', '2026-11-01T00:00:00-04:00'],
      ['2026-11-01T05:00:00Z', '2026-11-01T00:00:00-04:00'],
    ],
  ],
];

test.each(cases)('%s in %s: %s', async (_, timezone, size, events) => {
  const instants = events.map(([at]) => Date.parse(at));
  const world = await openUsageWorld({ origin: Math.max(...instants), shards: 1 });
  await world.send(
    instants.map((timestamp, index) =>
      anEvent({ id: `e${String(index)}`, name: 'call', timestamp, properties: { ms: 10 ** index } }),
    ),
  );
  world.passTime(dayMs);
  const asked: Asked = {
    question: {
      kind: 'aggregate',
      name: 'call',
      type: 'SUM',
      field: 'ms',
      filters: [],
      requestFilters: [],
      sources: [],
      customerId: '',
      isNeverReset: false,
      parts: { kind: 'window', size, timezone, anchorDay: 1 },
    },
    customer: '',
    range: { start: Math.min(...instants), end: Math.max(...instants) + 1 },
  };
  const expected = [...Map.groupBy(events.entries(), ([, [, window]]) => window)].map(([window, ofWindow]) => ({
    window_size: window,
    value: ofWindow.reduce((sum, [index]) => sum + 10 ** index, 0),
  }));
  expect((await world.query(asked)).results).toEqual(expected);
  // From pages now, for everybody and for the customer.
  expect((await world.query(asked)).results).toEqual(expected);
  expect((await world.query({ ...asked, customer: 'acme' })).results).toEqual(expected);
  expect(toAnswer(await world.compute(asked))).toEqual(naiveUsage(world.events(), world.toNaive(asked)));
});

// The plan of a part: to the millisecond, which hours are closed.
import { expect, test } from '@jest/globals';
import type { FoldSession } from '../../../../functions/query/fold/fold-session.ts';
import { planPart } from '../../../../functions/query/fold/planned-part.ts';
import { graceMs, marginMs } from '../../../../shared/domain/events/late-hour.ts';
import { dayOfHour, msPerHour } from '../../../../shared/domain/time/instant.ts';
import { aScope, someHour } from '../../../support/builders/builders.ts';
import { aDefinition } from '../../../support/builders/definitions.ts';

const end = (someHour + 1) * msPerHour;

const planAt = async (now: number) => {
  const session: FoldSession = {
    scope: aScope,
    customer: 'acme',
    hours: { now, counters: new Map(), feedShards: 1, first: someHour, last: someHour, named: [] },
    budget: { spendEvents: () => undefined, isSpent: () => false, isExhausted: () => false },
    nextWidth: () => 1,
  };
  const part = { definition: aDefinition(), start: end - msPerHour, end, visit: () => undefined };
  const { open, missing } = await planPart({ readMonth: () => Promise.resolve([]) }, session, part);
  return { open, closed: [...missing] };
};

test.each([-1, 0])('an hour is open %d ms after the grace and the margin since its end', async (ms) => {
  expect(await planAt(end + graceMs + marginMs + ms)).toEqual({ open: [someHour], closed: [] });
});

test('an hour is closed a millisecond after the grace and the margin since its end', async () => {
  expect(await planAt(end + graceMs + marginMs + 1)).toEqual({
    open: [],
    closed: [[dayOfHour(someHour), [someHour]]],
  });
});

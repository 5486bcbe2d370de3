import { expect, test } from '@jest/globals';
import { restartOf } from '../../../../shared/domain/charges/usage-line.ts';
import { aLineItem, aSubscription } from '../../../support/builders/builders.ts';
import { aUsageLine, march } from '../../../support/builders/measured-lines.ts';

const endedAt = (id: string, endDate: number, meterId = 'meter_1') =>
  aSubscription({ id, lineItems: [aLineItem({ id: `item_of_${id}`, endDate, meterId })] });

test('usage begins again after the last subscription that billed the meter before', () => {
  const { start } = march;
  const line = aUsageLine({ item: { startDate: start } });
  const earlier = [endedAt('subs_2', start - 9), endedAt('subs_3', start), endedAt('subs_4', start - 5)];
  const others = [endedAt('subs_1', start), endedAt('subs_5', start + 1), endedAt('subs_6', start, 'meter_2')];
  expect(restartOf(line, [...earlier, ...others])).toMatchObject({ subscription: { id: 'subs_3' }, endedAt: start });
  expect(restartOf(line, others)).toBeUndefined();
  expect(restartOf(aUsageLine({ item: { startDate: start - 1 } }), earlier)).toBeUndefined();
});

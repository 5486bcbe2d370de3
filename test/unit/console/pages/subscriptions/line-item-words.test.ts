import { expect, test } from '@jest/globals';
import {
  commitmentText,
  hasEnded,
  inVersions,
  noEnd,
} from '../../../../../console/src/pages/subscriptions/line-item-words.ts';

test('an item without an end has not ended', () => {
  const now = Date.parse('2026-12-01T00:00:00Z');
  expect(hasEnded({ end_date: noEnd }, now)).toBe(false);
  expect(hasEnded({ end_date: '2026-12-01T00:00:00Z' }, now)).toBe(true);
  expect(hasEnded({ end_date: '2026-12-01T00:00:01Z' }, now)).toBe(false);
});

test('versions of one line stand together, oldest first', () => {
  const item = (id: string, meter_id: string, start_date: string) => ({
    id,
    meter_id,
    start_date,
    display_name: '',
    meter_display_name: meter_id,
  });
  const items = [
    item('3', 'tokens', '2026-03-01T00:00:00Z'),
    item('2', 'calls', '2026-02-01T00:00:00Z'),
    item('1', 'tokens', '2026-01-01T00:00:00Z'),
  ];
  expect(inVersions(items).map(({ id }) => id)).toEqual(['2', '1', '3']);
});

test('commitments in words', () => {
  const none = { currency: 'usd', commitment_true_up_enabled: false };
  expect(commitmentText(none)).toBe('');
  expect(
    commitmentText({
      ...none,
      commitment_amount: '100',
      commitment_overage_factor: '1.5',
      commitment_true_up_enabled: true,
    }),
  ).toBe('committed to 100 USD, beyond it × 1.5, with true-up');
  expect(commitmentText({ ...none, commitment_quantity: '10' })).toBe('committed to 10 units');
});

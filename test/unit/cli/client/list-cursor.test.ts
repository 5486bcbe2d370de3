import { expect, test } from '@jest/globals';
import { listEvents } from '../../../../cli/client/event-list.ts';
import { goOn } from '../../../../cli/client/list-cursor.ts';

test('a list continues with the next cursor, and ends with the last page', () => {
  expect(goOn({}, { has_more: true, iter_last_key: 'k1' })).toEqual({ iter_last_key: 'k1' });
  expect(goOn({ iter_last_key: 'k1' }, { has_more: true, iter_last_key: 'k2' })).toEqual({ iter_last_key: 'k2' });
  expect(goOn({ iter_last_key: 'k1' }, { has_more: false, iter_last_key: 'k2' })).toBeUndefined();
});

test('a cursor that does not advance is an error instead of an endless list', async () => {
  const page = { events: [], has_more: true, iter_last_key: 'k1' };
  const found = listEvents(() => Promise.resolve(page), {}, 50);
  await expect(found.next()).rejects.toThrow(
    'The list cannot continue: the deployment says that there is more, but returned the cursor that it was sent, k1.',
  );
  expect(() => goOn({}, { has_more: true })).toThrow('returned no cursor');
});

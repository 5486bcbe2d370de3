import { expect, test } from '@jest/globals';
import { meterSentence } from '../../../../../console/src/pages/meters/meter-words.ts';

test('a meter as a sentence', () => {
  expect(meterSentence({ event_name: 'api_call', aggregation: { type: 'COUNT' }, filters: [] })).toBe(
    'count of events named api_call',
  );
  expect(
    meterSentence({
      event_name: 'model.usage',
      aggregation: { type: 'MAX', field: 'gpus', bucket_size: 'HOUR', group_by: 'host' },
      filters: [{ key: 'model', values: ['large', 'small'] }],
    }),
  ).toBe('maximum of gpus, per hour and host, of events named model.usage where model is large or small');
  expect(
    meterSentence({
      event_name: 'e',
      aggregation: { type: 'SUM_WITH_MULTIPLIER', field: 'ms', multiplier: '0.001' },
      filters: [],
    }),
  ).toBe('sum of ms × 0.001, of events named e');
});

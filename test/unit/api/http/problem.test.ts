import { describe, expect, test } from '@jest/globals';
import { toProblemBody } from '../../../../shared/api/http/problem.ts';

const message = (details: Readonly<Record<string, unknown>>, code: Parameters<typeof toProblemBody>[0]) =>
  toProblemBody(code, 'No', details).message;

describe('the message of a problem', () => {
  test.each([
    ['No', {}],
    ['No: a: required', { a: 'required' }],
    ['No: a: x; b: y; c: z', { a: 'x', b: 'y', c: 'z' }],
    ['No: a: x; b: y; c: z; and 1 more', { a: 'x', b: 'y', c: 'z', d: 'w' }],
    ['No: a: x; b: y; c: z; and 31 more', { a: 'x', b: 'y', c: 'z', d: 'w', more: 30 }],
    ['No: a: x', { a: 'x', plan_ids: ['plan_1'] }],
    ['No', { plan_ids: ['plan_1'], count: 1 }],
  ])('names the fields whose rules are broken: %s', (text, details) => {
    expect(message(details, 'validation_error')).toBe(text);
  });

  test('is left as it is for other codes', () => {
    expect(message({ customer_id: 'not found' }, 'not_found')).toBe('No');
    expect(message({ event_name: 'model.usage' }, 'invalid_operation')).toBe('No');
  });
});

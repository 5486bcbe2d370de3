import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parseEventListBody } from '../../../../shared/api/events/event-lists.ts';
import { canCount, chosenVerdicts, histogramCall, listCall } from '../../../../console/src/pages/events/events-call.ts';
import { EventsSearchSchema } from '../../../../console/src/pages/events/events-search.ts';
import { verdictKinds } from '../../../../console/src/ui/verdict.ts';

const range = { start: '2026-12-01T00:00:00.000Z', end: '2026-12-01T10:00:00.000Z' };
const search = (fields: Readonly<Record<string, string>> = {}) => v.parse(EventsSearchSchema, fields);
const body = (fields: Readonly<Record<string, string>>) => listCall(search(fields), range).body;

describe('the call of the events page', () => {
  test('has only what is set', () => {
    expect(body({})).toEqual({ start_time: range.start, end_time: range.end, expand: ['verdict'], page_size: 100 });
  });

  test('causes become failure points, and other verdicts a status', () => {
    expect(body({ verdict: 'customer,price' })).toMatchObject({
      failure_point_types: ['customer_lookup', 'price_lookup'],
    });
    expect(body({ verdict: 'billed' })).toMatchObject({ status: ['processed'] });
    expect(body({ verdict: 'failed' })).toMatchObject({ status: ['failed'] });
    expect(body({ verdict: 'conflict' })).toMatchObject({ conflicts_only: true });
    expect(body({ verdict: 'warned' })?.['warning_codes']).toContain('missing_property');
  });

  test('properties: OR over the values of a key', () => {
    expect(body({ property: 'model=a=b,model=c,x=' })).toMatchObject({
      property_filters: { model: ['a=b', 'c'], x: [''] },
    });
  });

  test.each([...verdictKinds, 'failed'])('the API accepts the verdict %s with every other filter', (verdict) => {
    const fields = { verdict, name: 'n', customer: 'c', source: 's', property: 'a=b', warning: 'late_event' };
    const call = listCall(search({ ...fields, decided: 'arrival', order: 'asc' }), range);
    expect(() => parseEventListBody(JSON.stringify(call.body), Date.now())).not.toThrow();
  });

  test('causes can be combined, everything else stands alone', () => {
    expect(chosenVerdicts(['customer'], 'meter')).toEqual(['customer', 'meter']);
    expect(chosenVerdicts(['customer', 'meter'], 'billed')).toEqual(['billed']);
    expect(chosenVerdicts(['billed'], 'meter')).toEqual(['meter']);
    expect(chosenVerdicts(['meter'], 'meter')).toEqual([]);
  });

  test('the histogram is hidden while a filter is set that it cannot apply', () => {
    expect(canCount(search({ name: 'n', customer: 'c', source: 's', verdict: 'price' }))).toBe(true);
    for (const fields of [{ property: 'a=b' }, { warning: 'late_event' }, { conflicts: '1' }, { verdict: 'warned' }])
      expect(canCount(search(fields))).toBe(false);
    expect(histogramCall(search({ name: 'n' }), range).query).toMatchObject({ event_name: 'n', window_size: '15MIN' });
  });
});

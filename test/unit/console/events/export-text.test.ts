import { describe, expect, test } from '@jest/globals';
import { numberOf } from '../../../../shared/domain/numbers/long-number.ts';
import { columnsOf } from '../../../../console/src/pages/events/event-columns.ts';
import { isKept, type ListedEvent } from '../../../../console/src/pages/events/event-fields.ts';
import { csvText, ndjsonLine } from '../../../../console/src/pages/events/export-text.ts';
import { csvCell } from '../../../../console/src/ui/csv.ts';

const event: ListedEvent = {
  id: '=cmd()',
  external_customer_id: 'a,"b"',
  customer_id: '',
  event_name: 'x',
  timestamp: '2026-12-01T00:00:00Z',
  properties: { big: numberOf('12345678901234567890'), list: [1, 'two'] },
  source: '-5',
  environment_id: 'default',
};

describe('files of events', () => {
  test.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['=1+1', `"'=1+1"`],
    ['+49', `"'+49"`],
    ['@x', `"'@x"`],
    ['-x', `"'-x"`],
    ['-5', '-5'],
    ['-5.25', '-5.25'],
  ])('the cell of %j is %s', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test('CSV has the shown columns', () => {
    expect(csvText([event], columnsOf('customer,source,id,p.big,p.list'))).toBe(
      'Time,Customer,Source,Event id,big,list\r\n' +
        `2026-12-01T00:00:00Z,"a,""b""",-5,"'=cmd()",12345678901234567890,"[1,""two""]"\r\n`,
    );
  });

  test('NDJSON keeps every digit', () => {
    expect(ndjsonLine(event)).toContain('"big":12345678901234567890');
    expect(ndjsonLine(event).endsWith('}\n')).toBe(true);
  });

  test('an excluded value leaves out the events that have it', () => {
    expect(isKept(event, '')).toBe(true);
    expect(isKept(event, 'name=y')).toBe(true);
    expect(isKept(event, 'name=x')).toBe(false);
    expect(isKept(event, 'name=y,p.list=[1%2C"two"]')).toBe(false);
  });
});

// Tables as CSV do not run as formulas in a spreadsheet.
import { expect, test } from '@jest/globals';
import { csvCell, csvOf } from '../../../../console/src/ui/csv.ts';
import { moneyText } from '../../../../console/src/ui/money-text.ts';

test.each([
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+1+2', `"'+1+2"`],
  ['@cmd', `"'@cmd"`],
  ['-cmd', `"'-cmd"`],
  ['-12.50', '-12.50'],
  ['a,b', '"a,b"'],
  ['a\nb', '"a\nb"'],
  ['plain', 'plain'],
])('the cell %j is written as %j', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test('rows end as the standard has it', () => {
  expect(
    csvOf([
      ['a', 'b'],
      ['1', '=2'],
    ]),
  ).toBe(`a,b\r\n1,"'=2"\r\n`);
});

test.each([
  ['1234.5', 'usd', '1,234.50'],
  ['10', 'usd', '10.00'],
  ['0.0012345678901234567', 'usd', '0.0012345678901234567'],
  ['10', 'jpy', '10'],
  ['10.5', 'not a currency', '10.50'],
])('%s %s is %s', (amount, currency, text) => {
  expect(moneyText(amount, currency)).toBe(text);
});

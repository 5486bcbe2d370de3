// Long numbers are found wherever they are in a JSON text, in a time that grows with its length.
import { expect, test } from '@jest/globals';
import { parseLongNumbers } from '../../../../shared/domain/numbers/parse-long-numbers.ts';

const long = '1234567890123456781';

test.each(Array.from({ length: 40 }, (_, index) => index))(
  'is found wherever it begins: after %i characters',
  (before) => {
    expect(parseLongNumbers(' '.repeat(before) + long)).toEqual(JSON.rawJSON(long));
    const digits = `${'1'.repeat(before)}x`;
    expect(parseLongNumbers(`["${digits}",${long}]`)).toEqual([digits, JSON.rawJSON(long)]);
  },
);

test.each(['', ' ', '  ', '\n'])('is found after a key and a blank of %j', (blank) => {
  const text = `{"a"${blank}:${blank}${long},"\\"":${blank}-${long}}`;
  expect(parseLongNumbers(text)).toEqual({ a: JSON.rawJSON(long), '"': JSON.rawJSON(`-${long}`) });
});

test.each([
  `"${long}"`,
  `{"${long}":1}`,
  `["a${long}","1.2.3.4.5.6.7.8.9.10.11"]`,
  // Strings that look like the end of a key and its number.
  `[":${long}","a",": ${long},"]`,
  `["a\\":${long},",1]`,
  `["a\\\\",":${long}"]`,
])('digits in strings and keys stay as they are: %s', (text) => {
  expect(parseLongNumbers(text)).toEqual(JSON.parse(text));
});

test.each([`["a"b":${long}]`, `[true":${long}"]`, `[1":${long}"]`, `[${long}":${long}"]`, `["a":${long}]`])(
  'what is no JSON stays none: %s',
  (text) => {
    expect(() => parseLongNumbers(text)).toThrow(SyntaxError);
  },
);

const maxBytes = 4 * 1024 * 1024;

test.each([
  ['long numbers in a list', `${long},`],
  ['doubles in a list', '9007199254740993000,'],
  ['objects', `{"a":${long}},`],
  ['strings between them', `"",${long},`],
  ['one string of the like', ` ${long}`],
  ['one string with quotes', `\\" ${long}`],
  ['one string of backslashes', '\\\\'],
  ['one string of marks', '\\u0001'],
])('4 MB never take long: %s', (_, part) => {
  const isString = !part.endsWith(',');
  const [head, tail] = isString ? [`[${long},"`, `",${long}]`] : [`[${long},`, `${long}]`];
  const text = head + part.repeat((maxBytes - head.length - tail.length) / part.length) + tail;
  const before = process.cpuUsage();
  const read = parseLongNumbers(text);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(2_000);
  expect(JSON.stringify(read).length).toBe(text.length);
});

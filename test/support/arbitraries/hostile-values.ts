// Values that a client may send in a JSON body by mistake or on purpose: around the limits of our schemas, or odd in other ways.
import type { JsonValue } from '../../../shared/domain/json-text.ts';

export const instants = [
  '2026-01-01T00:00:00Z',
  '2026-02-28T23:59:59.999Z',
  '2024-02-29T12:00:00+05:30',
  '0001-01-01T00:00:00Z',
];

/** Around the limits, in characters of one, two and four bytes. */
const longTexts = [1, 2, 3, 20, 64, 255, 256, 512, 1_000, 1_024, 8_000, 10_000].flatMap((length) => [
  ...[length, length + 1].map((times) => 'x'.repeat(times)),
  ...[length, length / 2].map((times) => 'é'.repeat(times)),
  ...[length, length / 4].map((times) => '😀'.repeat(times)),
]);
const oddTexts = [
  ...[
    '',
    ' ',
    '\u00a0\ufeff',
    ' x ',
    '\ud800',
    'a\udfff',
    '\0',
    '__proto__',
    'ACTIVE',
    'active',
    'PLAN',
    'FIAT',
    'id',
    'asc',
  ],
  ...['usd', 'US', 'us', 'a@b', 'a@b@c', 'a b@c', 'UTC', 'Mars/Phobos', 'super_admin', 'a+b', 'a +', 'prod', 'a/b'],
];
const decimals = [
  ...['1', '-0', '-0.0', '-.0', '-1', '+1', '.5', '5.', '.', '1e3', '1E-3', '1e24', '1e25', '1e-30', '1e-31', '1e1000'],
  ...[
    '--1',
    '0x1',
    ' 1',
    'NaN',
    'Infinity',
    '1,5',
    '1_000',
    '0'.repeat(64),
    '0'.repeat(65),
    '1'.repeat(25),
    '1'.repeat(26),
  ],
];
const times = [
  ...[
    '2026-02-29T00:00:00Z',
    '2024-02-29T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T23:59:60Z',
    '2016-12-31T23:59:60Z',
  ],
  ...['2026-01-01', '2026-01-01t00:00:00z', '2026-01-01 00:00:00Z', '2026-01-01T00:00:00+0530', '2026-01-01T00:00:00'],
  ...['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', '9999-12-31T23:59:59.999Z'],
  ...['2026-01-01T00:00:00+24:00', '2026-01-01T00:00:00-23:59', '2026-01-01T00:00:00+05:60', '2026-01-01T00:00:00,5Z'],
  ...['2026-01-01T00:00:00.Z', '2026-01-01T00:60:00Z', '2026-13-01T00:00:00Z', ' 2026-01-01T00:00:00Z', '1767225600'],
];
const numbers = [
  ...[
    0, -0, 1, -1, 1.5, 2, 100, 101, 1_000, 1_001, 3_651, 10_001, 100_001, 1_000_001, 1e-30, 1e-31, 1e24, 1e25, -1e24,
    -1e25,
  ],
  ...[1e300, 5e-324, 2_147_483_648, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1],
];
const others: readonly JsonValue[] = [
  ...[
    null,
    true,
    false,
    [],
    {},
    [null],
    [[]],
    [{}],
    [''],
    ['id'],
    [0],
    { a: 1 },
    { a: null },
    { a: 'b' },
    { a: ['b'] },
  ],
  ...[0, 11, 51, 101, 1_001].map((length) => Array.from({ length }, () => 'id')),
];
export const hostileValues: readonly JsonValue[] = [
  ...longTexts,
  ...oddTexts,
  ...decimals,
  ...instants,
  ...times,
  ...numbers,
  ...others,
];

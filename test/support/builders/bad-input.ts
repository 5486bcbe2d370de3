// Bad input that clients send by mistake or on purpose: a corpus of bodies for POST /v1/events. Each is refused with its field
// named, or accepted and read back verbatim (but for the trimmed name).
import { parseJson } from '../../../shared/domain/json-text.ts';

/** `refused`: the paths that the answer names. `accepted`: the fields that come back as they were sent. */
export interface BadInput {
  readonly name: string;
  readonly body: string;
  readonly expected:
    | { readonly kind: 'refused'; readonly paths: readonly string[] }
    | { readonly kind: 'accepted'; readonly fields: Readonly<Record<string, unknown>> };
}

const good = { event_name: 'llm.call', external_customer_id: 'acme' };

const refused = (name: string, body: string, ...paths: string[]): BadInput => ({
  name,
  body,
  expected: { kind: 'refused', paths },
});
const accepted = (name: string, body: string, fields: Readonly<Record<string, unknown>>): BadInput => ({
  name,
  body,
  expected: { kind: 'accepted', fields },
});

/** The good event with one field as this JSON text. */
const withField = (field: string, json: string): string =>
  `${JSON.stringify({ ...good, [field]: undefined }).slice(0, -1)},${JSON.stringify(field)}:${json}}`;
const short = (json: string): string => (json.length > 60 ? `${json.slice(0, 50)}… (${String(json.length)})` : json);

const refuseValues = (field: string, values: readonly string[]): BadInput[] =>
  values.map((json) => refused(`${field} ${short(json)}`, withField(field, json), field));
const acceptValues = (field: string, values: readonly string[], toSeen = (value: unknown) => value): BadInput[] =>
  values.map((json) =>
    accepted(`${field} ${short(json)}`, withField(field, json), { [field]: toSeen(parseJson(json)) }),
  );

const text = (value: string): string => JSON.stringify(value);
const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + '1' + close.repeat(depth);

const unreadable: BadInput[] = [
  '',
  ' ',
  '{',
  '}',
  '{"event_name"',
  '{"event_name":}',
  "{'event_name':'x'}",
  '{"event_name":"x",}',
  '{"event_name":"x"} trailing',
  '{"event_name":"x"}{"event_name":"y"}',
  '\ufeff{}',
  'null',
  'true',
  '0',
  '"text"',
  '[]',
  '[{"event_name":"x","external_customer_id":"c"}]',
  'NaN',
  '{"event_name":"x\ny","external_customer_id":"c"}',
  '{"event_name":"\\x41","external_customer_id":"c"}',
  '<xml/>',
  'event_name=x&external_customer_id=c',
  '['.repeat(200_000),
  '{"a":'.repeat(200_000),
  '\0',
].map((body) => refused(`body ${short(JSON.stringify(body))}`, body, 'body'));

const wrongTypes = ['0', '1.5', 'true', 'false', '[]', '["x"]', '{}'];

const texts: BadInput[] = [
  ...['event_name', 'external_customer_id'].flatMap((field) => refuseValues(field, [...wrongTypes, 'null', '""'])),
  ...['event_id', 'customer_id', 'source'].flatMap((field) => refuseValues(field, wrongTypes)),
  ...refuseValues('event_name', [text(' '), text('\t\r\n'), text('\u00a0\u3000\ufeff')]),
  ...['event_id', 'external_customer_id', 'customer_id'].flatMap((field) => [
    ...refuseValues(field, [
      text('x'.repeat(513)),
      text('é'.repeat(257)),
      text('😀'.repeat(129)),
      '"\\ud800"',
      '"a\\udfff"',
    ]),
    ...acceptValues(field, [
      text('x'.repeat(512)),
      text('é'.repeat(256)),
      text('😀'.repeat(128)),
      text('a/b#c*d%25?e=f&g'),
      text('..'),
      text(' padded '),
      text('\0null\u0001\u007f'),
      text('\ufffe\uffff\u2028\u2029'),
      text('__proto__'),
      '"\\ud83d\\ude00"',
    ]),
  ]),
  ...['event_name', 'source'].flatMap((field) => [
    ...refuseValues(field, [text('x'.repeat(257)), text('é'.repeat(129)), '"\\udc00\\ud800"']),
    ...acceptValues(field, [text('x'.repeat(256)), text('constructor'), text('a#b/c*'), text('naïve\0'), text('ﬀ')]),
  ]),
  ...acceptValues('event_name', [text('  llm.call\n'), text('\u2003x\u2003')], (value) => String(value).trim()),
];

const timestamps: BadInput[] = [
  ...refuseValues('timestamp', [
    ...wrongTypes,
    ...[
      '',
      ' ',
      'now',
      '2026-02-31T00:00:00Z',
      '2025-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-00-10T00:00:00Z',
      '2026-01-00T00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T23:60:00Z',
      '2026-01-01T23:59:60Z',
      '2026-01-01',
      '2026-01-01T00:00Z',
      '2026-01-01T00:00:00',
      '2026-01-01 00:00:00Z',
      '2026-01-01t00:00:00z',
      '2026-01-01T00:00:00+0530',
      '2026-01-01T00:00:00+24:00',
      '2026-01-01T00:00:00,5Z',
      '2026-01-01T00:00:00.Z',
      '1768471200',
      '0000-12-31T23:59:59Z',
      '10000-01-01T00:00:00Z',
      '9999-12-31T23:59:59-00:01',
      '-2026-01-01T00:00:00Z',
      '２０２６-01-01T00:00:00Z',
      '2026-01-01T00:00:00Z\0',
      `2026-01-01T00:00:00.${'0'.repeat(100_000)}`,
    ].map(text),
  ]),
  ...acceptValues(
    'timestamp',
    ['2024-02-29T23:59:59.999Z', '0001-01-01T00:00:00.001Z', '9999-12-31T23:59:59.999Z'].map(text),
  ),
  accepted('an offset', withField('timestamp', '"2026-01-01T05:30:00+05:30"'), { timestamp: '2026-01-01T00:00:00Z' }),
  accepted('many digits', withField('timestamp', `"2026-01-01T00:00:00.1239${'9'.repeat(1_000)}Z"`), {
    timestamp: '2026-01-01T00:00:00.123Z',
  }),
];

const properties: BadInput[] = [
  ...refuseValues('properties', ['[]', '[{}]', '0', 'true', '"{}"', '""']),
  ...refuseValues('properties', [
    '{"a":1e400}',
    '{"a":-1e400}',
    '{"a":[[1e999]]}',
    nested('{"a":', '}', 65),
    nested('{"a":', '}', 5_000),
    `{"a":${nested('[', ']', 64)}}`,
    `{"a":${nested('[', ']', 100_000)}}`,
  ]),
  ...acceptValues('properties', [
    '{}',
    '{"":""}',
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":1},"toString":null,"hasOwnProperty":0}',
    '{"a":"\\u0000\\ud800\\ufffe"}',
    '{"n":[9007199254740993,1e308,5e-324,0.1,-1]}',
    '{"n":"1e100000000"}',
    '{"n":"999999999999999999999999999999999999999999999999999999"}',
    '{"10":1,"2":2,"a":3}',
    '{"a#b":"#","a.b":".","a\\nb":"\\n"}',
    nested('{"a":', '}', 64),
    `{"a":${text('x'.repeat(60_000))}}`,
    JSON.stringify(Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`k${String(index)}`, index]))),
  ]),
];

const whole: BadInput[] = [
  refused('both required fields missing', '{}', 'event_name', 'external_customer_id'),
  refused(
    'names of fields in another case',
    '{"Event_Name":"x","EXTERNAL_CUSTOMER_ID":"c"}',
    'event_name',
    'external_customer_id',
  ),
  refused('an event over 64 KB', withField('properties', `{"a":${text('x'.repeat(66_000))}}`), 'body'),
  refused('an event over 64 KB in bytes', withField('properties', `{"a":${text('é'.repeat(33_000))}}`), 'body'),
  refused('a body over 4 MB', withField('properties', `{"a":${text('x'.repeat(4_200_000))}}`), 'body'),
  accepted('unknown fields', JSON.stringify({ ...good, tenant_id: 'other', __proto: 1, id: 'x' }), good),
  accepted('unknown fields, huge and deep', withField('ignored', nested('[', ']', 50_000)), good),
  accepted('a field twice: the last one counts', withField('event_name', '"first","event_name":"second"'), {
    event_name: 'second',
  }),
  accepted('nulls', JSON.stringify({ ...good, event_id: null, customer_id: null, source: null, properties: null }), {
    ...good,
    customer_id: '',
    source: '',
    properties: null,
  }),
  accepted('blanks around', ` \n\t${JSON.stringify(good)}\r\n `, good),
  accepted('__proto__ as a field', '{"__proto__":{"event_name":"y"},"event_name":"x","external_customer_id":"c"}', {
    event_name: 'x',
  }),
];

export const badInputs: readonly BadInput[] = [...unreadable, ...texts, ...timestamps, ...properties, ...whole];

// Events of the world besides those with a cause: traffic of a day, and events that are hard to show.

export interface SentEvent {
  readonly event_id: string;
  readonly event_name: string;
  readonly external_customer_id: string;
  readonly timestamp?: string;
  readonly source?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

const day = 86_400_000;
const count = 600;
const at = <T>(items: readonly [T, ...T[]], index: number): T => items[index % items.length] ?? items[0];

/** Traffic of the last day, most of it billed. Equal for equal `now`, UTC milliseconds. */
export const traffic = (now: number): readonly SentEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    event_id: `call-${String(index).padStart(4, '0')}`,
    event_name: index % 37 === 0 ? 'model.usages' : 'model.usage',
    external_customer_id: at(['acme', 'acme', 'initech', 'umbrella', 'globex'], index),
    timestamp: new Date(now - Math.floor(((index + 1) / (count + 1)) ** 1.5 * day)).toISOString(),
    source: at(['api', 'worker'], index),
    properties: {
      tokens: 1 + ((index * 7_919) % 400),
      model: at(['large', 'small'], index >> 2),
      region: at(['eu', 'us', 'ap'], index),
    },
  }));

/** Events whose texts a page could misread: markup, control characters, both directions, long words, long numbers, deep trees. */
export const hostileEvents = (now: number): readonly SentEvent[] => {
  const timestamp = new Date(now - 3 * 60_000).toISOString();
  const tokens = { event_name: 'model.usage', external_customer_id: 'acme', timestamp };
  return [
    { ...tokens, event_id: 'odd/slash?and#hash', properties: { tokens: 1 } },
    {
      ...tokens,
      event_id: '<img src=x onerror=alert(1)>',
      properties: { tokens: 1, '<b>': '</script><script>alert(1)</script>' },
    },
    { ...tokens, event_id: 'evt-בדיקה-\u202eabc', properties: { tokens: 1, note: 'tab\there\u0000zero\u200bwidth ' } },
    { ...tokens, event_id: `long-${'x'.repeat(400)}`, properties: { tokens: 1, word: 'y'.repeat(2_000) } },
    {
      ...tokens,
      event_id: 'evt-formula',
      properties: { tokens: 1, cell: '=HYPERLINK("http://x")', plus: '+1', at: '@a' },
    },
    {
      ...tokens,
      event_id: 'evt-deep',
      properties: { tokens: 1, tree: { a: { b: { c: { d: [1, [2, [3, { e: null, f: true }]]] } } } }, list: [] },
    },
  ];
};

/** A body whose number no double can hold; it is sent as text. */
export const longNumberBody = (now: number): string =>
  `{"event_id":"evt-long-number","event_name":"model.usage","external_customer_id":"acme","timestamp":"${new Date(now - 2 * 60_000).toISOString()}","properties":{"tokens":0.12345678901234567890123456789,"big":123456789012345678901}}`;

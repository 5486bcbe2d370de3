import { describe, expect, test } from '@jest/globals';
import { Flexprice } from '@flexprice/sdk';
import { pathOf } from '../../../../console/src/api/call.ts';
import { callTexts } from '../../../../console/src/api/call-texts.ts';
import { sdkMethods } from '../../../../console/src/api/sdk-text.ts';

const api = 'https://api.example/dev';

describe('a call as text', () => {
  test('as curl, quoted for the shell, with the key as a variable', () => {
    const { curl } = callTexts({ route: 'queryEvents', body: { event_name: "it's", page_size: 5 } }, api);
    expect(curl).toBe(
      [
        `curl -sS https://api.example/dev/v1/events/query`,
        `  -H "x-api-key: $TOLLGATE_API_KEY"`,
        `  -d '{"event_name":"it'\\''s","page_size":5}'`,
      ].join(' \\\n'),
    );
    expect(callTexts({ route: 'deleteMeter', path: { id: 'a/b' } }, api).curl).toContain('-X DELETE');
    expect(callTexts({ route: 'deleteMeter', path: { id: 'a/b' } }, api).curl).toContain('/meters/a%2Fb');
  });

  test('as a command of the CLI where there is one', () => {
    const body = { external_customer_id: 'acme corp', event_name: 'x', property_filters: { model: ['a', 'b'] } };
    expect(callTexts({ route: 'queryEvents', body }, api).cli).toBe(
      `npx tollgate events list --customer 'acme corp' --event-name x --property model=a --property model=b`,
    );
    expect(callTexts({ route: 'lookUpEvent', query: { id: 'a b' } }, api).cli).toBe(`npx tollgate events get 'a b'`);
    expect(callTexts({ route: 'listMeters' }, api).cli).toBeUndefined();
  });

  test('with the SDK, in its case; with fetch where the SDK lacks a field', () => {
    const sdk = callTexts({ route: 'ingestEvent', body: { event_name: 'x', properties: { a_b: 1 } } }, api).sdk;
    expect(sdk).toContain('client.events.ingestEvent({');
    expect(sdk).toContain('eventName: "x"');
    expect(sdk).toContain('a_b: 1');
    expect(callTexts({ route: 'queryEvents', body: { expand: ['verdict'] } }, api).sdk).toContain('await fetch(');
  });

  test('names only methods that the SDK has', () => {
    const client: unknown = new Flexprice({ serverURL: api, apiKeyAuth: 'k' });
    const has = (value: unknown, name: string): unknown =>
      typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    for (const method of Object.values(sdkMethods)) {
      const [group = '', name = ''] = method.split('.');
      expect([method, typeof has(has(client, group), name)]).toEqual([method, 'function']);
    }
  });

  test('a path has its ids encoded, and no empty parameters', () => {
    expect(pathOf({ route: 'getEvent', path: { id: 'a/b c' } })).toBe('/v1/events/a%2Fb%20c');
    expect(pathOf({ route: 'listEvents', query: { event_name: 'a&b', source: '', page_size: 5 } })).toBe(
      '/v1/events?event_name=a%26b&page_size=5',
    );
  });
});

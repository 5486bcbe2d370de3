// Whatever comes in: it is refused in the one error shape, naming the field, or taken and read back word for word. Never a 5xx,
// never a stall, and the next good request works.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseJson } from '../../shared/domain/json-text.ts';
import { badCatalogRequests } from '../fixtures/bad-catalog-requests.ts';
import { badEventRequests } from '../fixtures/bad-event-requests.ts';
import type { BadRequest } from '../fixtures/bad-request.ts';
import { oddMembers, type RawMembers, refusedBodies, refusedMembers } from '../fixtures/odd-events.ts';
import { createClient, objectOf, unique } from '../support/drivers/client.ts';
import type { Answer } from '../support/drivers/driver.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { type Billing, setUpBilling } from './steps/catalog-steps.ts';
import { lookUp } from './steps/event-steps.ts';

const maxMs = 2_000;

/** Returns the fault of an answer; undefined when it is a refusal in the one shape that names the field. */
const faultOf = ({ status, body }: Answer, expected: number, field?: string): string | undefined => {
  const { code, message, http_status_code: shown, details, ...others } = objectOf(body);
  if (status !== expected || shown !== status) return `status ${String(status)}, not ${String(expected)}`;
  if (typeof code !== 'string' || typeof message !== 'string') return 'no code or message';
  if (Object.keys(others).length > 0) return `also has ${Object.keys(others).join()}`;
  if (field !== undefined && !Object.hasOwn(objectOf(details ?? {}), field)) return `${field} is not named`;
  return undefined;
};

const shown = (value: unknown): string => JSON.stringify([value]).slice(1, 200);

const toJson = (members: RawMembers): string =>
  `{${Object.entries(members)
    .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
    .join(',')}}`;

describe('a bad request', () => {
  const client = createClient(useDriver());
  const { request } = client.driver;
  let billing: Billing | undefined;
  const goodEvent = (): RawMembers => ({
    event_name: JSON.stringify(billing?.eventName),
    external_customer_id: JSON.stringify(billing?.customer),
    event_id: JSON.stringify(unique('evt')),
    properties: '{"units":3}',
  });
  beforeAll(async () => {
    billing = await setUpBilling(client, { aggregation: { type: 'SUM', field: 'units' } });
  });

  const faultsOfOne = async ({ method, path, body, status = 400, field }: BadRequest): Promise<string[]> => {
    const startedAt = performance.now();
    const answer = await request(method, path, body);
    const fault = performance.now() - startedAt > maxMs ? 'stalled' : faultOf(answer, status, field);
    return fault === undefined ? [] : [`${method} ${shown(path)} ${shown(body)}: ${fault}: ${shown(answer.body)}`];
  };
  /** Returns the faults of the answers to requests that must be refused; a good request follows each group. */
  const faultsOf = async (groups: readonly (readonly BadRequest[])[]): Promise<string[]> => {
    const faults: string[] = [];
    for (const group of groups) {
      for (const bad of group) faults.push(...(await faultsOfOne(bad)));
      const { status } = await request('POST', '/v1/events', toJson(goodEvent()));
      if (status !== 202) faults.push(`after ${shown(group)}: ${String(status)}`);
    }
    return faults;
  };

  test('is tested with more than 350 requests', () => {
    const refused = refusedMembers.length + refusedBodies.length + badEventRequests.length + badCatalogRequests.length;
    expect(refused).toBeGreaterThan(350);
    expect(oddMembers.length).toBeGreaterThan(70);
  });

  test('with one wrong field of an event is refused: alone, in a bulk request and in a preview', async () => {
    const requests = refusedMembers.map((members): BadRequest[] => {
      const [field = ''] = Object.keys(members);
      const event = toJson({ ...goodEvent(), ...members });
      const bulk = `{"events":[${toJson(goodEvent())},${event}]}`;
      return [
        { method: 'POST', path: '/v1/events', body: event, field },
        { method: 'POST', path: '/v1/events/bulk', body: bulk, field: `events[1].${field}` },
        { method: 'POST', path: '/v1/events/preview', body: event, field },
      ];
    });
    expect(await faultsOf(requests)).toEqual([]);
  }, 60_000);

  test('with a body that is no JSON object is refused', async () => {
    const requests = refusedBodies.map((body) =>
      ['/v1/events', '/v1/events/bulk', '/v1/meters'].map((path) => ({ method: 'POST', path, body, field: 'body' })),
    );
    expect(await faultsOf(requests)).toEqual([]);
  }, 120_000);

  // An emulator of AWS takes some seconds for a hundred of them.
  test('for a list, a lookup, usage or charges is refused', async () => {
    expect(await faultsOf(badEventRequests.map((bad) => [bad]))).toEqual([]);
  }, 120_000);

  test('for the catalog or a key is refused by field', async () => {
    expect(await faultsOf(badCatalogRequests.map((bad) => [bad]))).toEqual([]);
  }, 120_000);

  test('is not one that is only odd: that is accepted and read back word for word', async () => {
    const sent = oddMembers.map((members) => toJson({ ...goodEvent(), ...members }));
    for (const event of sent)
      expect([event, (await request('POST', '/v1/events', event)).status]).toEqual([event, 202]);
    await client.driver.drain();
    for (const json of sent) {
      const event = objectOf(parseJson(json));
      const startedAt = performance.now();
      const found = objectOf(objectOf(await lookUp(client, String(event['event_id'])))['event']);
      expect(performance.now() - startedAt).toBeLessThan(maxMs);
      expect(JSON.stringify(found['properties'])).toBe(JSON.stringify(event['properties'] ?? null));
      expect(found).toMatchObject({
        event_name: String(event['event_name']).trim(),
        external_customer_id: event['external_customer_id'],
        customer_id: event['customer_id'] ?? '',
        source: event['source'] ?? '',
      });
      const { timestamp } = event;
      if (typeof timestamp !== 'string' || timestamp === '0001-01-01T00:00:00Z') continue;
      expect(found['timestamp']).toMatch(/Z$/);
      expect(Date.parse(String(found['timestamp']))).toBe(Date.parse(timestamp));
    }
  }, 120_000);
});

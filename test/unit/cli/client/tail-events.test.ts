import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { compareLooks, gapCommand, lookSize } from '../../../../cli/client/tail-events.ts';

const event = (number: number) => ({
  id: `e${String(number)}`,
  event_name: 'a',
  external_customer_id: 'acme',
  timestamp: new Date(number * 1_000).toISOString(),
  properties: null,
});
/** Newest first. */
const events = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => event(to - 1 - index));

describe('comparing polls', () => {
  test('the first poll shows nothing, and later ones show new events, oldest first', () => {
    expect(compareLooks(undefined, events(0, 9))).toEqual({ fresh: [] });
    expect(compareLooks(events(0, 2), events(0, 4))).toEqual({ fresh: [event(2), event(3)] });
    expect(compareLooks([], events(0, 1))).toEqual({ fresh: [event(0)] });
  });

  test('if a poll contains a known event, nothing was missed', () => {
    const look = compareLooks(events(0, 10), events(9, 9 + lookSize));
    expect(look.fresh).toHaveLength(lookSize - 1);
    expect(look.gap).toBeUndefined();
  });

  test('if all events of a poll are new, the gap says between which times some may be missing', () => {
    expect(compareLooks(events(0, 10), events(10, 10 + lookSize)).gap).toEqual({
      from: event(9).timestamp,
      to: event(10).timestamp,
    });
    expect(compareLooks([], events(10, 10 + lookSize)).gap).toEqual({ from: undefined, to: event(10).timestamp });
  });
});

describe('the command that lists a gap', () => {
  const gap = { from: '2026-11-01T00:00:00Z', to: '2026-11-01T00:00:01Z' };

  test('the command has the filters and the deployment of the tail', () => {
    const filters = {
      url: 'https://abc.example/dev',
      customer: 'acme',
      eventName: 'api_call',
      source: 'web',
      property: ['model=large', 'region=eu'],
    };
    expect(gapCommand(filters, gap)).toBe(
      'tollgate events list --url https://abc.example/dev --customer acme --event-name api_call --source web --property model=large --property region=eu --from 2026-11-01T00:00:00Z --to 2026-11-01T00:00:01Z --limit 1000000',
    );
    expect(gapCommand({}, { ...gap, from: undefined })).toBe(
      'tollgate events list --to 2026-11-01T00:00:01Z --limit 1000000',
    );
  });

  test.each(["it's", 'a b', '$HOME `x` "y"', '*', '\\', '', '-x;y'])(
    'the command quotes %j as one word',
    (customer) => {
      const command = gapCommand({ customer }, gap).replace('tollgate events list', "printf '%s|'");
      const words = execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }).split('|');
      expect(words.slice(0, 3)).toEqual(['--customer', customer, '--from']);
    },
  );
});

import { describe, expect, test } from '@jest/globals';
import { contentHashes, differingFields } from '../../../../shared/domain/events/content-hash.ts';
import type { AcceptedEvent } from '../../../../shared/domain/events/event.ts';
import { anAcceptedEvent, anEvent } from '../../../support/builders/builders.ts';

const differences = (a: AcceptedEvent, b: AcceptedEvent): string[] =>
  differingFields(contentHashes(a), contentHashes(b));
const sent = anAcceptedEvent();

describe('the content of an event as sent', () => {
  test('the hash of an event never changes', () => {
    const accepted = anAcceptedEvent({
      customerId: 'cust_1',
      source: 'api',
      properties: { b: [1.5, null, { d: true, c: 'é' }], a: -0 },
    });
    expect(Buffer.from(contentHashes(accepted)).toString('hex')).toBe(
      '80b208c4822b33ad9a4d6730978a172014c2529e487bac04',
    );
  });

  test.each<[string, Partial<AcceptedEvent['event']>]>([
    ['event_name', { name: 'llm.Call' }],
    ['external_customer_id', { externalCustomerId: 'acme ' }],
    ['customer_id', { customerId: 'cust_1' }],
    ['timestamp', { timestamp: sent.event.timestamp + 1 }],
    ['source', { source: 'api' }],
    ['properties', { properties: { tokens: '12' } }],
  ])('a change of %s is reported by that name', (field, change) => {
    expect(differences(sent, anAcceptedEvent(change))).toEqual([field]);
  });

  test('the hash is the same whatever the order of keys, at every depth', () => {
    const one = anAcceptedEvent({ properties: { a: 1, b: { c: 2, d: [{ e: 3, f: 4 }] } } });
    const other = anAcceptedEvent({ properties: { b: { d: [{ f: 4, e: 3 }], c: 2 }, a: 1 } });
    expect(differences(one, other)).toEqual([]);
  });

  test('the hash tells long numbers apart, whatever their form', () => {
    const of = (text: string) => anAcceptedEvent({ properties: { id: JSON.rawJSON(text) } });
    expect(differences(of('1234567890123456781'), of('1234567890123456782'))).toEqual(['properties']);
    expect(differences(of('1234567890123456781'), of('1.234567890123456781E18'))).toEqual([]);
  });

  test('the hash differs when elements of a list are reordered, or null properties become empty ones', () => {
    const list = (...values: number[]) => anAcceptedEvent({ properties: { a: values } });
    expect(differences(list(1, 2), list(2, 1))).toEqual(['properties']);
    expect(differences(anAcceptedEvent({ properties: null }), anAcceptedEvent({ properties: {} }))).toEqual([
      'properties',
    ]);
  });

  test('a retry without a timestamp is the same although it was received later', () => {
    const received = (timestamp: number): AcceptedEvent => ({ event: anEvent({ timestamp }), isTimestampSent: false });
    expect(differences(received(1_000), received(2_000))).toEqual([]);
    expect(differences(received(1_000), { ...received(1_000), isTimestampSent: true })).toEqual(['timestamp']);
  });
});

// Messages that are in flight while a new version is deployed: these texts must be readable forever.
import { expect, test } from '@jest/globals';
import { readMessage, writeEntry, writeMessage } from '../../shared/queue/event-message.ts';

const batch = {
  id: '01K7M3ZZZZ0000000000000001',
  scope: { tenantId: 'default', environmentId: 'prod' },
  receivedAt: 1_760_528_328_000,
  events: [
    {
      isTimestampSent: true,
      event: {
        id: 'event-1',
        name: 'llm.call',
        externalCustomerId: 'acme',
        customerId: 'cust_9',
        timestamp: 1_760_528_327_962,
        source: 'sdk',
        properties: { tokens: 12, zero: -0, text: '\ufffe\ud800' },
      },
    },
    {
      isTimestampSent: false,
      event: {
        id: 'event-2',
        name: 'llm.call',
        externalCustomerId: 'acme',
        customerId: '',
        timestamp: 1_760_528_328_000,
        source: '',
        properties: null,
      },
    },
  ],
};

const plain =
  '{"v":1,"b":"01K7M3ZZZZ0000000000000001","t":"default","e":"prod","r":1760528328000,"events":[' +
  '["event-1","llm.call","acme","cust_9",1760528327962,"sdk",{"tokens":12,"zero":-0,"text":"\\ufffe\\ud800"}],' +
  '["event-2","llm.call","acme","",null,"",null]]}';
const deflated =
  'deflated:bY5BisJAFETv8tZf+d2iiX0F8QLRMGSSn41tIkm3iOLdB5EZGLA2VZvHqwdXghO+CajbFftVVVWV/o9DSAQ665scE4IRuExjhzARXLHRtS9' +
  'XvlRVwa42pJlwOLzn4sXHeF62TYwITXs2hDbP6WuL/NHFduOFuTshD9J4smEmOC/cbRoJCxWS3V5HjrnvezvmrlTlWcuvyH8UIUOOUXh3XT9/AA==';

test('messages of version 1 are read, plain and deflated', () => {
  expect(readMessage(plain)).toStrictEqual(batch);
  expect(readMessage(deflated)).toStrictEqual(batch);
});

test('messages are written as version 1', () => {
  expect(writeMessage(batch, batch.events.map(writeEntry))).toBe(plain);
});

test('names of unknown fields come last, if there are any', () => {
  const [first, second] = batch.events;
  const told = { ...batch, events: [{ ...first, unknownFields: ['propertes', 'x'] }, second] };
  const text = plain.replace('"\\ufffe\\ud800"}]', '"\\ufffe\\ud800"},["propertes","x"]]');
  expect(text).not.toBe(plain);
  expect(readMessage(text)).toStrictEqual(told);
  const accepted = readMessage(text).events;
  expect(writeMessage(batch, accepted.map(writeEntry))).toBe(text);
});

// Causes 2A, 2B, 2C: the event is billed with a quantity nobody expected. The lookup says what it found instead.
import { describe, expect, test } from '@jest/globals';
import { createClient, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { setUpBilling } from './steps/catalog-steps.ts';
import { lookUp, quantitiesOf, sendBulk, sendEvent } from './steps/event-steps.ts';

const sumOf = (field: string) => ({ aggregation: { type: 'SUM', field } });

const notNumbers = [
  ...['two', '', ' 5 ', '1,000', '0x10', 'Infinity', 'NaN', '1e100000000', '9'.repeat(65)],
  ...[true, null, [2], { value: 2 }],
];
const numbers = [
  [0.1, '0.1'],
  [1e21, '1000000000000000000000'],
  [5e-7, '0.0000005'],
  ['100.250', '100.25'],
  ['+5', '5'],
  ['.5', '0.5'],
  ['1e3', '1000'],
  ['0.123456789012345678901234567890', '0.12345678901234567890123456789'],
] as const;

describe('the quantity of an event', () => {
  const client = createClient(useDriver());

  const send = async (meter: Readonly<Record<string, unknown>>, properties?: unknown) => {
    const billing = await setUpBilling(client, meter);
    const event = { event_name: billing.eventName, external_customer_id: billing.customer };
    const id = await sendEvent(client, properties === undefined ? event : { ...event, properties });
    return { ...billing, id };
  };

  test('is 0 while its field has another name; the warning names the fields that exist, and correcting the meter counts it', async () => {
    const { id, meterId } = await send(sumOf('credits'), { tokens: 2, model: 'large' });
    const warning = { code: 'missing_property', subject: meterId };
    expect(await lookUp(client, id)).toMatchObject({
      status: 'processed',
      processed_events: [{ meter_id: meterId, qty_total: '0' }],
      warnings: [{ ...warning, message: expect.stringMatching(/credits.*tokens.*model/) }],
      decision: { status: 'processed', warnings: [warning] },
    });

    await client.call('PUT', `/v1/meters/${meterId}`, sumOf('tokens'));
    const corrected = await lookUp(client, id);
    expect(corrected).toMatchObject({ processed_events: [{ qty_total: '2' }], decision: { warnings: [warning] } });
    expect(corrected).not.toHaveProperty('warnings');
  });

  test('may be a numeric string, and a note says so', async () => {
    const { id, meterId } = await send(sumOf('credits'), { credits: '2.50' });
    expect(await lookUp(client, id)).toMatchObject({
      status: 'processed',
      processed_events: [{ qty_total: '2.5' }],
      warnings: [{ code: 'numeric_string', subject: meterId }],
      decision: { warnings: [] },
    });
  });

  test('is 0 with a warning for a value that is no number', async () => {
    const { eventName, customer, meterId } = await setUpBilling(client, sumOf('credits'));
    const event = { event_name: eventName, external_customer_id: customer };
    const sent = notNumbers.map((credits) => ({ ...event, event_id: unique('evt'), properties: { credits } }));
    await sendBulk(client, sent);
    for (const { event_id: id, properties } of sent) {
      expect(await lookUp(client, id)).toMatchObject({
        status: 'processed',
        event: { properties },
        processed_events: [{ qty_total: '0' }],
        warnings: [{ code: 'non_numeric_value', subject: meterId }],
      });
    }
  });

  test('is 0 with a warning for an event without properties', async () => {
    const { id, meterId } = await send(sumOf('credits'));
    expect(await lookUp(client, id)).toMatchObject({
      status: 'processed',
      event: { properties: null },
      processed_events: [{ qty_total: '0' }],
      warnings: [{ code: 'missing_property', subject: meterId }],
    });
  });

  test('may be negative, with a warning', async () => {
    const { id } = await send(sumOf('gb'), { gb: -1.25 });
    expect(await lookUp(client, id)).toMatchObject({
      processed_events: [{ qty_total: '-1.25' }],
      warnings: [{ code: 'negative_quantity' }],
    });
  });

  test('is computed exactly from an expression; where that fails, the event is left out with a warning', async () => {
    const byExpression = { aggregation: { type: 'SUM', expression: 'tokens * price / 1000' } };
    const good = await send(byExpression, { tokens: 1500, price: '0.3' });
    expect(await quantitiesOf(client, good.id)).toEqual(['0.45']);
    const bad = await send(byExpression, { tokens: 'many', price: 1 });
    expect(await lookUp(client, bad.id)).toMatchObject({
      status: 'processed',
      processed_events: [{ qty_total: '0' }],
      warnings: [{ code: 'expression_error', subject: bad.meterId }],
    });
  });

  test('is exact, and never shows an exponent', async () => {
    const { eventName, customer } = await setUpBilling(client, sumOf('n'));
    const ids = numbers.map((_, index) => unique(`number-${String(index)}`));
    await sendBulk(
      client,
      numbers.map(([n], index) => ({
        event_id: ids[index] ?? '',
        event_name: eventName,
        external_customer_id: customer,
        properties: { n },
      })),
    );
    for (const [index, [, quantity]] of numbers.entries()) {
      expect(await quantitiesOf(client, ids[index] ?? '')).toEqual([quantity]);
    }
  });
});

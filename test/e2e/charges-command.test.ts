// Runs tollgate charges as a process, on the demo catalog of the local system.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import * as v from 'valibot';
import { type RunningTollgate, runTollgate, startTollgate } from '../support/drivers/running-tollgate.ts';

// Processes start slowly on a busy machine.
jest.setTimeout(120_000);

const PreviewSchema = v.object({
  subscription_id: v.string(),
  total: v.string(),
  verified_through: v.nullable(v.string()),
  line_items: v.array(v.object({ display_name: v.string(), quantity: v.string(), amount: v.string() })),
});

describe('the charges of the demo customer', () => {
  let system: RunningTollgate;
  let subscription = '';
  const charges = (...commandLine: readonly string[]) =>
    runTollgate(['charges', ...system.connection, ...commandLine], '', { HOME: '/', LANG: 'C.UTF-8' });
  const previews = async (...commandLine: readonly string[]) => {
    const { exitCode, stdout, stderr } = await charges('--json', ...commandLine);
    expect([exitCode, stderr]).toEqual([0, '']);
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => v.parse(PreviewSchema, JSON.parse(line)));
  };

  beforeAll(async () => {
    system = await startTollgate(['--port', '0']);
    for (let isVerified = false; !isVerified;) {
      const [preview] = await previews('--customer', 'acme');
      subscription = preview?.subscription_id ?? '';
      isVerified = preview !== undefined && preview.verified_through !== null && preview.total !== '0';
    }
  });
  afterAll(async () => {
    await system.end('SIGTERM');
  });

  test('the charges are the same by subscription and by customer, as JSON and as text', async () => {
    const [[bySubscription], [byCustomer]] = [await previews(subscription), await previews('--customer', 'acme')];
    expect(bySubscription?.line_items).toEqual(byCustomer?.line_items);
    const { exitCode, stdout, stderr } = await charges(subscription);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Charges of ${subscription} for acme from `);
    for (const { display_name: name, quantity, amount } of bySubscription?.line_items ?? []) {
      expect(stdout).toMatch(new RegExp(`│ ${name} +│ +${quantity} │ +${amount.replace('.', '\\.')} │`));
    }
  });

  test('--explain explains every line', async () => {
    const { stdout } = await charges('--customer', 'acme', '--explain');
    expect(stdout).toMatch(
      /│ usage +│ 1250: SUM of model\.usage, 1 event +│ +│\n│ price +│ 1250 × 0\.00002 +│ 0\.025 │/,
    );
    expect(stdout).toMatch(/\n\nEvents that no line bills\n(?:None\.|.*│ events │ why no line bills them)/s);
  });

  test('--from selects the charges of another period', async () => {
    const [preview] = await previews(subscription, '--from', '2001-01-01', '--to', '2001-02-01');
    expect(preview).toMatchObject({ total: '0', line_items: [] });
  });

  test.each([
    ['', 2, 'Pass a subscription id, or --customer for all subscriptions of a customer.'],
    ['subs_x --customer acme', 2, 'Pass a subscription id, or --customer for all subscriptions of a customer.'],
    ['subs_x --from yesterday', 2, "option '--from <time>' argument 'yesterday' is invalid."],
    ['subs_x', 1, 'Subscription not found (not_found)'],
    ['--customer nobody', 1, 'Customer not found (not_found)'],
  ])('"%s" exits with %i and says why', async (commandLine, exitCode, message) => {
    expect(await charges(...commandLine.split(' ').filter(Boolean))).toMatchObject({
      exitCode,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });

  test('a range that ends before it begins is wrong usage, and the message names the options', async () => {
    expect(await charges(subscription, '--from', '2026-11-02', '--to', '2026-11-01')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--to: must be after --from'),
    });
  });
});

// The composer: a verdict while typing, form and JSON that keep each other's content, and the event that is followed.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { axeViolations } from './support/axe.ts';
import { switchTheme, themes, useConsole } from './support/console.ts';
import { eventOf } from './support/world.ts';

const { open, system } = useConsole();
const soon = { timeout: 20_000 };

const CreatedSchema = v.object({ secret: v.object({ id: v.string() }), api_key: v.string() });
const readCreated = (body: unknown): { readonly id: string; readonly secret: string } => {
  const { secret, api_key: key } = v.parse(CreatedSchema, body);
  return { id: secret.id, secret: key };
};

describe('sending an event', () => {
  test('shows the verdict while typing, sends, and follows the event until it is billed', async () => {
    const { page } = await open('/send');
    await page.getByLabel('Event name').fill('model.usage');
    // The browser draws the suggestions, so only what it is given can be seen.
    await page.locator('option[value="model.usage"]').waitFor({ state: 'attached', ...soon });
    await page.getByLabel(/^Customer/).fill('Acme');
    await page.locator('option[value="acme"]').waitFor({ state: 'attached', ...soon });
    const dryRun = page.getByRole('region', { name: 'Dry run' });
    await dryRun.getByText('no customer has the external id').waitFor(soon);
    await page.getByLabel(/^Customer/).fill('acme');
    await page.getByRole('button', { name: 'tokens', exact: true }).click(soon);
    await page.getByLabel('Value of tokens').fill('12.50');
    await dryRun.getByText('Billed: it counts 12.5').waitFor(soon);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const sent = page.getByRole('region', { name: 'Sent' });
    await sent.locator('[data-status="processed"]').waitFor({ timeout: 30_000 });
    expect(page.url()).toMatch(/sent=event_/);
    for (const theme of themes) {
      await switchTheme(page, theme);
      expect(await axeViolations(page)).toEqual([]);
    }
    await sent.getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: /^Event event_/ }).waitFor(soon);
  }, 120_000);

  test('form and JSON keep the content of each other, with every digit', async () => {
    const { page } = await open('/send?mode=json');
    const text =
      '{"event_name":"model.usage","external_customer_id":"acme","x":null,"properties":{"tokens":12.50,"id":12345678901234567890}}';
    await page.getByLabel('Event as JSON').fill(text);
    await page.getByRole('tab', { name: 'Form' }).click();
    expect(await page.getByLabel('Value of tokens').inputValue()).toBe('12.50');
    expect(await page.getByLabel('Value of id').inputValue()).toBe('12345678901234567890');
    await page.goBack();
    expect(await page.getByLabel('Event as JSON').inputValue()).toBe(text);
    await page.goForward();
    await page.getByLabel('Source').fill('test');
    await page.getByRole('tab', { name: 'JSON' }).click();
    const changed = await page.getByLabel('Event as JSON').inputValue();
    for (const part of ['"tokens": 12.50', '"id": 12345678901234567890', '"x": null', '"source": "test"'])
      expect(changed).toContain(part);
  });

  test('a wrong payload shows the rule of the API at its field', async () => {
    const { page, guard } = await open(`/send?from=${eventOf('billed')}`);
    guard.expect(/400/);
    await page.getByLabel('Timestamp').fill('yesterday');
    await page.getByLabel('Timestamp').and(page.locator('[aria-invalid="true"]')).waitFor(soon);
    const described = await page.getByLabel('Timestamp').getAttribute('aria-describedby');
    expect(described).toContain('problem');
    expect(await page.getByRole('region', { name: 'Dry run' }).innerText()).toContain('timestamp');
  });

  test('several events: broken rules are named by line, then all are accepted', async () => {
    const { page, guard } = await open('/send?mode=several');
    guard.expect(/400/);
    const line = '{"event_name":"model.usage","external_customer_id":"acme","properties":{"tokens":1}}';
    const area = page.getByLabel(/^Events, one JSON object per line/);
    await area.fill(`${line}\n{"event_name":"","external_customer_id":"acme"}`);
    await page.getByRole('button', { name: 'Send 2 events' }).click();
    await page.getByText('Line 2:').waitFor(soon);
    await area.fill(`${line}\n${line}`);
    await page.getByRole('button', { name: 'Send 2 events' }).click();
    await page.getByRole('region', { name: 'Accepted' }).waitFor(soon);
    await page.getByRole('region', { name: 'Sent' }).locator('[data-status="processed"]').waitFor({ timeout: 30_000 });
  }, 90_000);

  test('a key that is revoked meanwhile leaves address and form as they are', async () => {
    const { api } = system();
    const created = await api.call('POST', '/secrets/api/keys', {
      name: 'short',
      type: 'private_key',
      roles: ['super_admin'],
    });
    const { id, secret } = readCreated(created);
    const { page, guard } = await open('/send?customer=acme', { key: secret });
    guard.expect(/401/);
    await page.getByLabel('Event name').fill('kept');
    await api.call('DELETE', `/secrets/api/keys/${id}?force=true`);
    const dialog = page.getByRole('dialog', { name: 'This key is no longer accepted' });
    // A function knows a key for up to 30 seconds after it is revoked.
    for (let count = 0; count < 45 && !(await dialog.isVisible()); count += 1) {
      await page.getByLabel('Source').fill(`s${String(count)}`);
      await page.waitForTimeout(1000);
    }
    await dialog.getByRole('textbox').first().fill(system().keys.admin);
    await dialog.getByRole('textbox').first().press('Enter');
    await dialog.waitFor({ state: 'detached', ...soon });
    expect(page.url()).toContain('/send?customer=acme');
    expect(await page.getByLabel('Event name').inputValue()).toBe('kept');
  }, 120_000);
});

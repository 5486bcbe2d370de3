// Keys: created with the secret shown once, revoked after saying what stops; one's own is not revoked by accident.
import { describe, expect, test } from '@jest/globals';
import { axeViolations } from './support/axe.ts';
import { switchTheme, themes, useConsole } from './support/console.ts';

const { open, system } = useConsole();
const soon = { timeout: 20_000 };

describe('API keys', () => {
  test('a key is created and revoked with the keyboard alone', async () => {
    const { page } = await open('/keys');
    await page.getByRole('button', { name: 'New key' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New API key' }).waitFor(soon);
    await page.keyboard.type('by keyboard');
    for (let steps = 0; steps < 20; steps += 1) {
      await page.keyboard.press('Tab');
      if ((await page.locator(':focus').textContent()) === 'Create the key') break;
    }
    await page.keyboard.press('Enter');
    const secret = page.getByRole('dialog', { name: 'Save the secret now' });
    await secret.waitFor(soon);
    const key = await secret.locator('pre').innerText();
    expect(key).toMatch(/^sk_/);
    // It closes only when the reader says that it is saved.
    await page.keyboard.press('Escape');
    expect(await secret.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
    for (const theme of themes) {
      await switchTheme(page, theme);
      expect(await axeViolations(page)).toEqual([]);
    }
    await page.getByLabel('I have saved it').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await secret.waitFor({ state: 'detached', ...soon });
    expect(await page.content()).not.toContain(key);

    const revoke = page.getByRole('button', { name: 'Revoke … by keyboard' });
    await revoke.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Revoke the key' });
    await dialog.waitFor(soon);
    expect(await dialog.innerText()).toContain('reading events, usage and charges');
    await dialog.getByRole('button', { name: 'Revoke' }).focus();
    await page.keyboard.press('Enter');
    await revoke.waitFor({ state: 'detached', ...soon });
  }, 90_000);

  test('the own key is marked, and revoked only by its name', async () => {
    const { page } = await open('/keys');
    const row = page.getByRole('row').filter({ hasText: 'your key' });
    await row.getByRole('button').click(soon);
    const dialog = page.getByRole('dialog', { name: 'Revoke your own key' });
    expect(await dialog.getByRole('button', { name: 'Revoke' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByLabel('Find by name').fill('no such key');
    await page.getByText('No key has this name').waitFor(soon);
    expect(page.url()).toContain('search=no+such+key');
  });

  test('a rule of the API is shown at its field', async () => {
    const { page, guard } = await open('/keys?new=1');
    guard.expect(/400/);
    await page.getByLabel('Name', { exact: true }).fill('limited');
    await page.getByLabel('Requests per second').fill('many');
    await page.getByRole('button', { name: 'Create the key' }).click();
    await page.getByLabel('Requests per second').and(page.locator('[aria-invalid="true"]')).waitFor(soon);
    expect(system().keys.admin).not.toBe('');
  });
});

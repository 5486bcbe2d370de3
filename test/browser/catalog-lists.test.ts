// Lists of the catalog: what is searched, sorted and filtered is in the URL, and texts from outside stay texts.
import { describe, expect, test } from '@jest/globals';
import { useConsole } from './support/console.ts';

const { open } = useConsole();

describe('the lists', () => {
  test('search, sort and status are in the URL, and stay on reload', async () => {
    const { page } = await open('/customers');
    await page.getByLabel('Search customers by external id').fill('OBE');
    await page.waitForURL('**/customers?search=OBE');
    await page.getByRole('row', { name: /globex/ }).waitFor();
    await page.getByRole('row', { name: /initech/ }).waitFor({ state: 'detached' });
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    await page.waitForURL('**/customers?search=OBE&sort=name&order=asc');
    expect(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
    await page.reload();
    expect(await page.getByLabel('Search customers by external id').inputValue()).toBe('OBE');
    await page.getByRole('row', { name: /globex/ }).waitFor();
    await page.getByLabel('Search customers by external id').fill('nobody here');
    await page.getByText('No customer matches').waitFor();
    await page.getByRole('button', { name: 'Remove the filters' }).click();
    await page.getByRole('row', { name: /initech/ }).waitFor();
  });

  test('text from outside stays text', async () => {
    const { page } = await open('/customers');
    await page.getByRole('row', { name: /Umbrella <b>& Sons<\/b>/ }).waitFor();
  });
});

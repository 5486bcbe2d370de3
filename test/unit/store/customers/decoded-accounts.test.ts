// Decoded accounts are cached by key and revision, up to a limit of bytes.
import { describe, expect, test } from '@jest/globals';
import { encodeAccount } from '../../../../shared/store/customers/account-format.ts';
import { createAccountDecoder } from '../../../../shared/store/customers/decoded-accounts.ts';
import { anAccount, aCustomer } from '../../../support/builders/builders.ts';

const bytesOf = (name: string): Uint8Array =>
  encodeAccount(anAccount({ customer: aCustomer({ name }) })) ?? new Uint8Array();
/** About 260 KB deflated. */
const noise = Array.from({ length: 60_000 }, (_, index) => Math.imul(index + 1, 2_654_435_761).toString(36)).join('');

describe('decoded accounts', () => {
  test('another revision or key is decoded again', () => {
    const decode = createAccountDecoder();
    const first = decode('a', 1, bytesOf('one'));
    expect(decode('a', 1, bytesOf('not looked at'))).toBe(first);
    expect(decode('a', 2, bytesOf('two'))).toMatchObject({ rev: 2, customer: { name: 'two' } });
    expect(decode('b', 1, bytesOf('three'))).toMatchObject({ rev: 1, customer: { name: 'three' } });
  });

  test('the least recently read accounts are dropped', () => {
    const decode = createAccountDecoder();
    const large = bytesOf(noise);
    expect(large.length).toBeGreaterThan(220_000);
    const [a, b] = [decode('a', 1, large), decode('b', 1, large)];
    for (const pk of ['c', 'd', 'a', 'e']) decode(pk, 1, large);
    expect(decode('a', 1, large)).toBe(a);
    expect(decode('b', 1, large)).not.toBe(b);
  });
});

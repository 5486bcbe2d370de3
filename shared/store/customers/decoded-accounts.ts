// Decoded accounts of the last reads. An item is read every time; only when its `rev` is a known one is it not decoded again.
import type { Account } from '../../domain/subscriptions/subscription.ts';
import { decodeAccount } from './account-format.ts';

// What is kept takes some fifty times this as objects.
const maxBytes = 1024 * 1024;

interface Decoded {
  readonly account: Account;
  readonly byteCount: number;
}

/** Of one table, where a key and its `rev` stand for the same bytes for ever. The least recently read are forgotten. */
export const createAccountDecoder = (): ((pk: string, rev: number, bytes: Uint8Array) => Account) => {
  const decoded = new Map<string, Decoded>();
  let total = 0;

  const forget = (pk: string): void => {
    total -= decoded.get(pk)?.byteCount ?? 0;
    decoded.delete(pk);
  };

  return (pk, rev, bytes) => {
    const known = decoded.get(pk);
    const account = known?.account.rev === rev ? known.account : { ...decodeAccount(bytes), rev };
    forget(pk);
    decoded.set(pk, { account, byteCount: bytes.length });
    total += bytes.length;
    for (const oldest of decoded.keys()) {
      if (total <= maxBytes) break;
      forget(oldest);
    }
    return account;
  };
};

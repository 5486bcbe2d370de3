// Caches decoded accounts. The item is read every time; it is decoded only when its `rev` is a new one.
import type { Account } from '../../domain/subscriptions/subscription.ts';
import { decodeAccount } from './account-format.ts';

// Deflated bytes; as objects the accounts take some fifty times as much.
const maxBytes = 1024 * 1024;

interface Decoded {
  readonly account: Account;
  readonly byteCount: number;
}

/** Creates the decoder of one table, where a key and its `rev` stand for the same bytes forever. It drops the least recently read accounts. */
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

// Decoded cards of the last reads. An item is read every time; only when its `rev` is a known one is it not decoded again.
import type { Card } from '../../domain/subscriptions/subscription.ts';
import { decodeCard } from './account-format.ts';

// What is kept takes some fifty times this as objects.
const maxBytes = 1024 * 1024;

interface Decoded {
  readonly card: Card;
  readonly byteCount: number;
}

/** Of one table, where a key and its `rev` stand for the same bytes for ever. The least recently read are forgotten. */
export const createCardDecoder = (): ((pk: string, rev: number, bytes: Uint8Array) => Card) => {
  const decoded = new Map<string, Decoded>();
  let total = 0;

  const forget = (pk: string): void => {
    total -= decoded.get(pk)?.byteCount ?? 0;
    decoded.delete(pk);
  };

  return (pk, rev, bytes) => {
    const known = decoded.get(pk);
    const card = known?.card.rev === rev ? known.card : { ...decodeCard(bytes), rev };
    forget(pk);
    decoded.set(pk, { card, byteCount: bytes.length });
    total += bytes.length;
    for (const oldest of decoded.keys()) {
      if (total <= maxBytes) break;
      forget(oldest);
    }
    return card;
  };
};

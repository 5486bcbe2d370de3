// The words for what became of an event: one vocabulary, in filters, tables, charts and sentences alike.
import type { IconName } from './icon-paths.ts';

export const verdictKinds = [
  'billed',
  'warned',
  'customer',
  'meter',
  'price',
  'subscription',
  'waiting',
  'dead_lettered',
  'conflict',
] as const;
export type VerdictKind = (typeof verdictKinds)[number];

interface Look {
  readonly text: string;
  /** Without "not billed", where that is said already. */
  readonly short: string;
  readonly icon: IconName;
  /** The name of its colours in tokens.css. */
  readonly tone: 'billed' | 'warned' | 'customer' | 'waiting' | 'conflict';
  /** The colour of its part of a bar. */
  readonly fill: string;
}

export const verdictLooks: Readonly<Record<VerdictKind, Look>> = {
  billed: { text: 'billed', short: 'billed', icon: 'check', tone: 'billed', fill: 'var(--billed)' },
  warned: { text: 'billed with warning', short: 'with warning', icon: 'alert', tone: 'warned', fill: 'var(--warned)' },
  customer: {
    text: 'not billed: no customer',
    short: 'no customer',
    icon: 'person',
    tone: 'customer',
    fill: 'var(--customer)',
  },
  meter: { text: 'not billed: no meter', short: 'no meter', icon: 'gauge', tone: 'customer', fill: 'var(--meter)' },
  price: { text: 'not billed: no price', short: 'no price', icon: 'tag', tone: 'customer', fill: 'var(--price)' },
  subscription: {
    text: 'not billed: no subscription',
    short: 'no subscription',
    icon: 'subscription',
    tone: 'customer',
    fill: 'var(--subscription)',
  },
  waiting: { text: 'waiting', short: 'waiting', icon: 'clock', tone: 'waiting', fill: 'var(--waiting)' },
  dead_lettered: {
    text: 'dead-lettered',
    short: 'dead-lettered',
    icon: 'box',
    tone: 'customer',
    fill: 'var(--danger)',
  },
  conflict: { text: 'conflict', short: 'conflict', icon: 'split', tone: 'conflict', fill: 'var(--conflict)' },
};

const kindOfFailure: Readonly<Record<string, VerdictKind>> = {
  customer_lookup: 'customer',
  meter_lookup: 'meter',
  price_lookup: 'price',
  subscription_line_item_lookup: 'subscription',
};

/** The failure point that a kind stands for on the wire. */
export const failurePointOf: Partial<Record<VerdictKind, string>> = {
  customer: 'customer_lookup',
  meter: 'meter_lookup',
  price: 'price_lookup',
  subscription: 'subscription_line_item_lookup',
};

/** Returns the kind for a failure point of the wire. */
export const kindOfFailurePoint = (failurePoint: string): VerdictKind => kindOfFailure[failurePoint] ?? 'customer';

interface WireVerdict {
  readonly status: string;
  readonly failure_point_type?: string | undefined;
  readonly warnings?: readonly unknown[];
}

/** Returns the kind of a verdict of the wire; an event that is still in the queue has none and waits. */
export const verdictKind = ({ status, failure_point_type: failurePoint, warnings = [] }: WireVerdict): VerdictKind => {
  if (status === 'failed') return kindOfFailurePoint(failurePoint ?? '');
  if (status !== 'processed') return 'waiting';
  return warnings.length > 0 ? 'warned' : 'billed';
};

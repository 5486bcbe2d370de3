// An attempt of a client to do something with a name, and its outcome.

export type KindName = 'customer' | 'entitlement' | 'feature' | 'plan' | 'price' | 'price unit' | 'subscription';

/** `unknown`: it had no answer, and may have had, or still have, its effect. `refused`: it must have none. */
export type Outcome = 'pending' | 'done' | 'taken' | 'unknown' | 'refused';

export interface Attempt {
  /** `withdraw`, `restore`: what the name refers to, for all that have it. */
  readonly what: 'create' | 'take' | 'give up' | 'withdraw' | 'restore';
  readonly kind: KindName;
  /** The name it takes or is about; "" for what gives up all names. */
  readonly value: string;
  /** The entity, by its tag in the request that created it. */
  readonly tag: string;
  readonly startedAt: number;
  answeredAt: number;
  outcome: Outcome;
}

/** Whether it may have had its effect. */
export const isEffective = ({ outcome }: Attempt): boolean => outcome !== 'taken' && outcome !== 'refused';

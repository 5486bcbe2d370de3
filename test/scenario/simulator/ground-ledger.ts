// Keeps what names refer to, if it can be withdrawn and restored: when a thing with such a name must exist, and when it must not.
import { type Attempt, isEffective } from './attempt.ts';

type Ground = Pick<Attempt, 'kind' | 'value'>;

const those = (attempts: readonly Attempt[], asked: Attempt['what'], { kind, value }: Ground): readonly Attempt[] =>
  attempts.filter(
    (attempt) => attempt.what === asked && attempt.kind === kind && attempt.value === value && isEffective(attempt),
  );

/**
 * Whether it may be withdrawn at any time from `since` until now. A restoration always writes, so it also rules out
 * what is left of a withdrawal that was never answered.
 */
export const mayBeWithdrawn = (
  attempts: readonly Attempt[],
  ground: Ground,
  since: number,
  except?: Attempt,
): boolean =>
  those(attempts, 'withdraw', ground).some(
    (withdrawal) =>
      withdrawal !== except &&
      !those(attempts, 'restore', ground).some(
        ({ outcome, startedAt, answeredAt }) =>
          outcome === 'done' && startedAt > withdrawal.answeredAt && answeredAt < since,
      ),
  );

/** Whether it certainly is, all the time. */
export const isWithdrawn = (
  attempts: readonly Attempt[],
  ground: Ground,
  { from, until }: { readonly from: number; readonly until: number },
): boolean =>
  those(attempts, 'withdraw', ground).some(
    (withdrawal) =>
      withdrawal.outcome === 'done' &&
      withdrawal.answeredAt < from &&
      those(attempts, 'restore', ground).every(
        ({ outcome, startedAt, answeredAt }) =>
          startedAt > until || (outcome === 'done' && answeredAt < withdrawal.startedAt),
      ),
  );

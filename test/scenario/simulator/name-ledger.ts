// Keeps what clients tried to do with names, in the order of their requests and answers, and what must follow: at most one
// holder at a time, refusals only where there may be one, and no trace of what was refused.
import { type Attempt, isEffective, type KindName, type Outcome } from './attempt.ts';
import { isWithdrawn, mayBeWithdrawn } from './ground-ledger.ts';

export interface NameLedger {
  /** Now, counted in requests and answers. */
  readonly tick: () => number;
  readonly begin: (attempt: Pick<Attempt, 'what' | 'kind' | 'value' | 'tag'>) => Attempt;
  readonly end: (attempt: Attempt, outcome: Outcome) => void;
  readonly creationOf: (tag: string) => Attempt | undefined;
  /** Whether something was begun by which it may have lost its name or be gone. */
  readonly mayBeGone: (tag: string) => boolean;
  /** Claims that were answered before, and that nothing can have undone until now. */
  readonly takenSince: (kind: KindName, tick: number) => readonly Attempt[];
  /** Everything that is wrong, once nothing is pending. */
  readonly contradictions: () => readonly string[];
  /** Whether what has the name must not be there from `tick` until now. */
  readonly isWithdrawn: (kind: KindName, value: string, tick: number) => boolean;
}

const describe = ({ what, kind, value, tag }: Attempt): string => `${what} ${kind} ${value} by ${tag}`;

export const createNameLedger = (): NameLedger => {
  const attempts: Attempt[] = [];
  let ticks = 0;
  const tick = (): number => (ticks += 1);
  const claims = (): readonly Attempt[] =>
    attempts.filter(({ value, what }) => value !== '' && (what === 'create' || what === 'take'));
  const withdrawals = (): readonly Attempt[] => attempts.filter(({ what }) => what === 'withdraw');

  /** Whether another attempt may have taken the name from what claimed it, by `until`. */
  const mayBeUndone = (claim: Attempt, until: number): boolean =>
    attempts.some(
      (other) =>
        other !== claim &&
        other.tag === claim.tag &&
        other.what !== 'create' &&
        isEffective(other) &&
        other.startedAt < until &&
        (other.outcome !== 'done' || other.answeredAt > claim.startedAt),
    );

  /** Whether it had certainly lost the name by `before`. */
  const isUndone = (claim: Attempt, before: number): boolean =>
    attempts.some(
      (other) =>
        other.tag === claim.tag &&
        other.what !== 'create' &&
        other.outcome === 'done' &&
        other.value !== claim.value &&
        other.startedAt > claim.answeredAt &&
        other.answeredAt < before,
    );

  const rivals = (claim: Attempt): readonly Attempt[] =>
    claims().filter(({ kind, value, tag }) => kind === claim.kind && value === claim.value && tag !== claim.tag);

  const sharedNames = (): string[] =>
    claims()
      .filter(({ outcome }) => outcome === 'done')
      .flatMap((claim) =>
        rivals(claim)
          .filter((rival) => {
            const until = Math.max(claim.answeredAt, rival.answeredAt);
            return rival.outcome === 'done' && !mayBeUndone(claim, until) && !mayBeUndone(rival, until);
          })
          .map((rival) => `two hold one name: ${describe(claim)}, ${describe(rival)}`),
      );

  /** Checks that nothing is withdrawn while something published refers to it. */
  const withdrawnUnderHolders = (): string[] =>
    withdrawals()
      .filter(({ outcome }) => outcome === 'done')
      .flatMap((withdrawal) =>
        rivals(withdrawal)
          .filter(
            (claim) =>
              claim.outcome === 'done' &&
              claim.answeredAt < withdrawal.startedAt &&
              !mayBeUndone(claim, withdrawal.answeredAt) &&
              !mayBeWithdrawn(
                attempts.filter(({ startedAt }) => startedAt < withdrawal.answeredAt),
                claim,
                withdrawal.startedAt,
                withdrawal,
              ),
          )
          .map((claim) => `withdrawn, though something refers to it: ${describe(withdrawal)}, ${describe(claim)}`),
      );

  const madeOfWithdrawn = (): string[] =>
    claims()
      .filter(
        (claim) =>
          claim.outcome === 'done' && isWithdrawn(attempts, claim, { from: claim.startedAt, until: claim.answeredAt }),
      )
      .map((claim) => `created on something withdrawn: ${describe(claim)}`);

  const baselessRefusals = (): string[] =>
    [...claims(), ...withdrawals()]
      .filter(
        (claim) =>
          claim.outcome === 'taken' &&
          !rivals(claim).some(
            (rival) => isEffective(rival) && rival.startedAt < claim.answeredAt && !isUndone(rival, claim.startedAt),
          ),
      )
      .map((claim) => `refused for a name that nobody holds: ${describe(claim)}`);

  return {
    tick,
    begin: (fields) => {
      const attempt: Attempt = { ...fields, startedAt: tick(), answeredAt: Infinity, outcome: 'pending' };
      attempts.push(attempt);
      return attempt;
    },
    end: (attempt, outcome) => {
      attempt.outcome = outcome;
      attempt.answeredAt = tick();
    },
    creationOf: (tag) => attempts.find((attempt) => attempt.what === 'create' && attempt.tag === tag),
    mayBeGone: (tag) =>
      attempts.some(
        (attempt) => attempt.tag === tag && (attempt.what !== 'create' || mayBeWithdrawn(attempts, attempt, 0)),
      ),
    takenSince: (kind, since) =>
      claims().filter(
        (claim) =>
          claim.kind === kind &&
          claim.outcome === 'done' &&
          claim.answeredAt < since &&
          !mayBeUndone(claim, Infinity) &&
          !mayBeWithdrawn(attempts, claim, since),
      ),
    contradictions: () => [...sharedNames(), ...baselessRefusals(), ...withdrawnUnderHolders(), ...madeOfWithdrawn()],
    isWithdrawn: (kind, value, since) => isWithdrawn(attempts, { kind, value }, { from: since, until: Infinity }),
  };
};

// Why a call failed: an answer of the API that is an error, or no answer at all.

export interface FailureParts {
  /** `answer`: the API refused or failed; `network`: nothing came back; `unreadable`: what came back is not JSON. */
  readonly kind: 'answer' | 'network' | 'unreadable';
  readonly message: string;
  /** HTTP status; 0 without an answer. */
  readonly status?: number;
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;
}

export class ApiFailure extends Error {
  readonly kind: FailureParts['kind'];
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(parts: FailureParts, options?: ErrorOptions) {
    super(parts.message, options);
    this.name = 'ApiFailure';
    this.kind = parts.kind;
    this.status = parts.status ?? 0;
    this.code = parts.code ?? '';
    this.details = parts.details ?? {};
    this.requestId = parts.requestId ?? '';
    this.retryAfterSeconds = parts.retryAfterSeconds;
  }
}

export interface FoldProgress {
  readonly folded: number;
  readonly of: number;
}

/** Returns how far the computation of a large range is, if that is why the API did not answer yet. */
export const foldProgress = (failure: unknown): FoldProgress | undefined => {
  if (!(failure instanceof ApiFailure) || failure.status !== 503) return undefined;
  const { folded_days: folded, of_days: of } = failure.details;
  return typeof folded === 'number' && typeof of === 'number' ? { folded, of } : undefined;
};

/** Returns the broken rules of a validation error, by field. */
export const fieldRules = (failure: unknown): Readonly<Record<string, string>> =>
  failure instanceof ApiFailure && failure.code === 'validation_error'
    ? Object.fromEntries(
        Object.entries(failure.details).flatMap(([field, rule]) => (typeof rule === 'string' ? [[field, rule]] : [])),
      )
    : {};

const attempts = 3;

/** Whether to try again by itself: a computation that made progress always, what may pass a few times, a refusal never. */
export const isRetried = (count: number, failure: Error): boolean => {
  if (foldProgress(failure)) return true;
  if (!(failure instanceof ApiFailure)) return false;
  const mayPass = failure.kind === 'network' || failure.status === 429 || failure.status >= 500;
  return mayPass && failure.status !== 501 && count < attempts - 1;
};

/** Returns the milliseconds to wait before the attempt after `count` failures. */
export const retryDelayMs = (count: number, failure: Error): number => {
  if (failure instanceof ApiFailure && failure.retryAfterSeconds !== undefined) return failure.retryAfterSeconds * 1000;
  return foldProgress(failure) ? 250 : Math.min(500 * 2 ** count, 4000);
};

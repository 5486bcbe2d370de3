// Trouble with a dependency (DynamoDB, SQS), translated once where it arises.

export type DependencyErrorKind = 'transient' | 'permanent';

/**
 * `transient`: may pass (throttled, timed out, unavailable): 503 over HTTP, redelivery in the queue.
 * `permanent`: will not pass by itself (denied, malformed): 500 over HTTP, then the dead-letter queue.
 */
export class DependencyError extends Error {
  readonly kind: DependencyErrorKind;

  constructor(kind: DependencyErrorKind, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'DependencyError';
    this.kind = kind;
  }
}

export const isTransient = (error: unknown): boolean => error instanceof DependencyError && error.kind === 'transient';

const networkCodes = new Set(['EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT']);

/** Whether a request never got its answer, as the SDK and Node tell it. */
export const isNetworkTrouble = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'TimeoutError' ||
    ('code' in error && typeof error.code === 'string' && networkCodes.has(error.code)));

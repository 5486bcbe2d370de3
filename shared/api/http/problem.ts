// The error catalogue: codes, their statuses, the one error shape, and the error a use case throws for a caller's mistake.

export const problemStatus = {
  validation_error: 400,
  invalid_operation: 400,
  unauthorized: 401,
  permission_denied: 403,
  not_found: 404,
  method_not_allowed: 405,
  already_exists: 409,
  version_conflict: 409,
  too_many_requests: 429,
  internal_error: 500,
  not_implemented: 501,
  service_unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;
export type ProblemDetails = Readonly<Record<string, unknown>>;

/** The body of every response that is not a success; `details` is left out when empty. */
export interface ProblemBody {
  readonly code: ProblemCode;
  readonly message: string;
  readonly http_status_code: (typeof problemStatus)[ProblemCode];
  readonly details?: ProblemDetails;
}

const shownRules = 3;

/** `: events[1].source: must be a string; …`, the first rules that are broken; "" where none is named. */
export const rulesText = (details: ProblemDetails): string => {
  const rules = Object.entries(details).flatMap(([path, rule]) =>
    typeof rule === 'string' ? [`${path}: ${rule}`] : [],
  );
  const { more } = details;
  const unshown = Math.max(0, rules.length - shownRules) + (typeof more === 'number' ? more : 0);
  const shown = [...rules.slice(0, shownRules), ...(unshown > 0 ? [`and ${String(unshown)} more`] : [])];
  return rules.length === 0 ? '' : `: ${shown.join('; ')}`;
};

/** Rules of fields stand in the message too, the first of them, since many clients show nothing else. */
export const toProblemBody = (code: ProblemCode, message: string, details: ProblemDetails = {}): ProblemBody => ({
  code,
  message: code === 'validation_error' ? message + rulesText(details) : message,
  http_status_code: problemStatus[code],
  ...(Object.keys(details).length > 0 && { details }),
});

/** A mistake of the caller, or a state the caller must know of. `message` and `details` are shown: nothing internal in them. */
export class ApiError extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  /** Seconds until a retry makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  /** `options.cause` is for the log alone. */
  constructor(
    code: ProblemCode,
    message: string,
    details: ProblemDetails = {},
    retryAfterSeconds?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** At most so many rules are told. */
export const shownProblems = 100;

/** Validation failures: path (`events[3].event_name`) to rule (`required`), and `more` beyond those that are told. */
export const validationError = (rules: ReadonlyMap<string, string>): ApiError => {
  const details: Record<string, string | number> = Object.fromEntries([...rules].slice(0, shownProblems));
  if (rules.size > shownProblems) details['more'] = rules.size - shownProblems;
  return new ApiError('validation_error', 'Request validation failed', details);
};

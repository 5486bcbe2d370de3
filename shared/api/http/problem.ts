// The error catalogue: codes, their statuses, the common error shape, and the error that a use case throws for a caller's mistake.

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

/** The body of every response that is not a success; `details` is omitted if empty. */
export interface ProblemBody {
  readonly code: ProblemCode;
  readonly message: string;
  readonly http_status_code: (typeof problemStatus)[ProblemCode];
  readonly details?: ProblemDetails;
}

const shownRules = 3;

/** Returns the first broken rules as text, `: events[1].source: must be a string; …`; "" without rules. */
const rulesText = (details: ProblemDetails): string => {
  const rules = Object.entries(details).flatMap(([path, rule]) =>
    typeof rule === 'string' ? [`${path}: ${rule}`] : [],
  );
  const { more } = details;
  const unshown = Math.max(0, rules.length - shownRules) + (typeof more === 'number' ? more : 0);
  const shown = [...rules.slice(0, shownRules), ...(unshown > 0 ? [`and ${String(unshown)} more`] : [])];
  return rules.length === 0 ? '' : `: ${shown.join('; ')}`;
};

/** Builds an error body. The message includes the first broken rules, because many clients show nothing else. */
export const toProblemBody = (code: ProblemCode, message: string, details: ProblemDetails = {}): ProblemBody => ({
  code,
  message: code === 'validation_error' ? message + rulesText(details) : message,
  http_status_code: problemStatus[code],
  ...(Object.keys(details).length > 0 && { details }),
});

/** Error for a mistake of the caller, or a state the caller must know about. `message` and `details` are shown, so they must not contain internals. */
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

/** Maximum number of rules that an error reports. */
export const shownProblems = 100;

/** Creates a validation error with a rule (`required`) per path (`events[3].event_name`), and the number of further ones as `more`. */
export const validationError = (rules: ReadonlyMap<string, string>): ApiError => {
  const details: Record<string, string | number> = Object.fromEntries([...rules].slice(0, shownProblems));
  if (rules.size > shownProblems) details['more'] = rules.size - shownProblems;
  return new ApiError('validation_error', 'Request validation failed', details);
};

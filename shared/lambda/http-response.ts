// Writes answers for API Gateway, errors included: a 5xx reveals no internals.
import type { APIGatewayProxyResult } from 'aws-lambda';
import { DependencyError } from '../dependency-error.ts';
import { corsHeaders, jsonContentType } from '../api/http/headers.ts';
import { ApiError, problemStatus, toProblemBody } from '../api/http/problem.ts';
import type { RateDecision } from './rate-limit.ts';

/** Facts about a request that its answer shows in headers. */
export interface Answered {
  readonly requestId: string;
  readonly rate: RateDecision | undefined;
}

type Headers = Readonly<Record<string, string>>;

const rateHeaders = ({ limit, remaining, resetSeconds }: RateDecision): Headers => ({
  'X-RateLimit-Limit': String(limit),
  'X-RateLimit-Remaining': String(remaining),
  'X-RateLimit-Reset': String(resetSeconds),
});

export const toResult = (
  { requestId, rate }: Answered,
  status: number,
  body: unknown,
  headers: Headers = {},
): APIGatewayProxyResult => ({
  statusCode: status,
  headers: {
    ...corsHeaders,
    'X-Content-Type-Options': 'nosniff',
    'X-Request-ID': requestId,
    ...(body !== undefined && { 'Content-Type': jsonContentType }),
    ...(rate && rateHeaders(rate)),
    ...headers,
  },
  body: body === undefined ? '' : JSON.stringify(body),
});

const retryAfterSeconds = 2;

/** Translates an error into what the caller may see. */
export const toApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error;
  return error instanceof DependencyError && error.kind === 'transient'
    ? new ApiError('service_unavailable', 'The service is temporarily unavailable, please retry', {}, retryAfterSeconds)
    : new ApiError('internal_error', 'An unexpected error occurred');
};

export const toProblemResult = (answered: Answered, error: ApiError): APIGatewayProxyResult =>
  toResult(
    answered,
    problemStatus[error.code],
    toProblemBody(error.code, error.message, error.details),
    error.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(error.retryAfterSeconds) },
  );

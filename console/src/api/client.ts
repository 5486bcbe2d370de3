// Sends calls with the key of the session. Every digit of a number is kept; every failure is an ApiFailure.
import * as v from 'valibot';
import { jsonText, type JsonValue, parseJson } from '../../../shared/domain/json-text.ts';
import { type RouteId, routes } from '../../../shared/api/http/routes.ts';
import type { AnswerOf } from './answers.ts';
import { type Call, pathOf } from './call.ts';
import { ApiFailure } from './failure.ts';

export interface Connection {
  readonly apiUrl: string;
  readonly key: string;
}

const ProblemSchema = v.object({
  code: v.fallback(v.string(), ''),
  message: v.fallback(v.string(), ''),
  details: v.fallback(v.record(v.string(), v.unknown()), {}),
});

const failureOf = (answer: Response, body: unknown): ApiFailure => {
  const problem = v.safeParse(ProblemSchema, body);
  const { code, message, details } = problem.success ? problem.output : { code: '', message: '', details: {} };
  const retryAfter = Number(answer.headers.get('Retry-After') ?? 'NaN');
  const requestId = answer.headers.get('X-Request-ID') ?? answer.headers.get('x-amzn-requestid');
  return new ApiFailure({
    kind: 'answer',
    message: message === '' ? `The API answered with status ${String(answer.status)}.` : message,
    status: answer.status,
    code,
    details,
    ...(requestId !== null && { requestId }),
    ...(Number.isFinite(retryAfter) && { retryAfterSeconds: retryAfter }),
  });
};

const parsed = (text: string, status: number): JsonValue => {
  if (text === '') return null;
  try {
    return parseJson(text);
  } catch (error) {
    const message = `The answer (status ${String(status)}) is not JSON. Is this address a Tollgate API?`;
    throw new ApiFailure({ kind: 'unreadable', message, status }, { cause: error });
  }
};

// The API's own answers are checked against its description by the tests of the API, so they are not parsed a second time here.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the type of the body
function trusted<T>(value: unknown): T;
function trusted(value: unknown): unknown {
  return value;
}

/** Sends a call and returns the body of its answer. */
export const send = async <Id extends RouteId>(
  { apiUrl, key }: Connection,
  call: Call<Id>,
  signal?: AbortSignal,
): Promise<AnswerOf<Id>> => {
  const request: RequestInit = {
    method: routes[call.route].method,
    headers: { 'x-api-key': key, ...(call.body && { 'content-type': 'application/json' }) },
    ...(call.body && { body: jsonText(trusted(call.body)) }),
    ...(signal && { signal }),
    credentials: 'omit',
    cache: 'no-store',
  };
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(apiUrl + pathOf(call), request);
    text = await answer.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    const message = `No answer from ${apiUrl}. Is the network up, and is the API running?`;
    throw new ApiFailure({ kind: 'network', message }, { cause: error });
  }
  const body = parsed(text, answer.status);
  if (!answer.ok) throw failureOf(answer, body);
  return trusted<AnswerOf<Id>>(body);
};

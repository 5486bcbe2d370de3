// The HTTP client of the CLI: sends requests, reads answers, and retries what may safely be repeated.
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { codesOf, isLastingCode } from '../../shared/dependency-error.ts';
import { parseJson } from '../../shared/domain/json-text.ts';
import { CliFailure, PassingFailure, Refusal } from '../process/failure.ts';

export interface ApiReply {
  readonly status: number;
  /** Parsed JSON; undefined if there is none. */
  readonly body: unknown;
  readonly retryAfterSeconds: number | undefined;
}

export interface ApiClient {
  /** Makes one attempt; `path` is relative to the deployment's URL. Throws ConnectionFailure if there is no answer. */
  readonly send: (method: string, path: string, body?: string) => Promise<ApiReply>;
  /**
   * Calls what may safely be repeated, such as a read. Retries while the deployment is unreachable or busy. Throws CliFailure
   * for every answer but a success.
   */
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /**
   * Calls what creates something each time. Retries only what certainly had no effect (429). Throws CliFailure as `call` does, and
   * adds `ifDone` to the reason if the answer was lost and the request may have taken effect.
   */
  readonly callOnce: (method: string, path: string, body: unknown, ifDone: string) => Promise<unknown>;
}

const absentReasons = ['ECONNREFUSED', 'ENOTFOUND', 'bad port'];

/** The cause of a failed request, such as `ECONNRESET`. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  return codesOf(error)[0] ?? (cause.message || cause.name);
};

export class ConnectionFailure extends PassingFailure {
  /** Whether nothing listens at the address, so that it is more likely wrong than temporarily unavailable. */
  readonly isAbsent: boolean;

  constructor(url: string, error: unknown) {
    const reason = reasonOf(error);
    const advice = /^https?:\/\/(127\.|localhost|\[::1\])/.test(url)
      ? 'Is it running? Start it with "tollgate start", or pass --url.'
      : 'Check --url or TOLLGATE_URL, and the network.';
    super(`No answer from ${url} (${reason}). ${advice}`);
    this.name = 'ConnectionFailure';
    this.isAbsent = absentReasons.includes(reason) || codesOf(error).some(isLastingCode);
  }
}

const ProblemSchema = v.object({
  code: v.string(),
  message: v.string(),
  details: v.optional(v.record(v.string(), v.unknown()), {}),
});
export type Problem = v.InferOutput<typeof ProblemSchema>;

/** Returns the problem in an answer. An answer of another shape (from a proxy or a web server) is named by its status. */
export const problemOf = ({ status, body }: ApiReply): Problem => {
  const parsed = v.safeParse(ProblemSchema, body);
  if (!parsed.success) {
    return { code: `http_${String(status)}`, message: `The answer has status ${String(status)}`, details: {} };
  }
  return parsed.output;
};

/** The first line of a problem. The message of a validation error repeats its first details, which are listed below, so it is left out. */
const headingOf = ({ code, message, details }: Problem): string =>
  code === 'validation_error' && Object.keys(details).length > 0 ? 'Request validation failed' : message;

export const problemText = (problem: Problem): string => {
  const details = Object.entries(problem.details).map(
    ([path, rule]) => `\n  ${path}: ${typeof rule === 'string' ? rule : JSON.stringify(rule)}`,
  );
  return `${headingOf(problem)} (${problem.code})${details.join('')}`;
};

export const isRetryable = (status: number): boolean => status === 429 || status >= 500;

/** Returns the milliseconds to wait before attempt number `attempt` (from 1): doubling from 0.25 s to 8 s, and at least what the server asks for. */
export const backoffMs = (attempt: number, retryAfterSeconds = 0): number =>
  Math.max(Math.min(250 * 2 ** (attempt - 1), 8_000) * (0.5 + Math.random() / 2), retryAfterSeconds * 1_000);

/** Returns the failure that a command ends with after this answer. `isAfterLoss`: see Refusal. */
export const failureOf = (reply: ApiReply, isAfterLoss = false): PassingFailure | Refusal => {
  const problem = problemOf(reply);
  const text = problemText(problem);
  return isRetryable(reply.status) ? new PassingFailure(text) : new Refusal(text, problem.code, isAfterLoss);
};

/** Classifies an attempt. `refused`: it had no effect and never will; `busy`: no effect yet; `lost`: it may have had an effect. */
const fateOf = (reply: ApiReply | ConnectionFailure): 'refused' | 'busy' | 'lost' => {
  if (reply instanceof ConnectionFailure) return reply.isAbsent ? 'refused' : 'lost';
  if (reply.status === 429) return 'busy';
  return isRetryable(reply.status) ? 'lost' : 'refused';
};

const connectionFailure = (error: unknown): ConnectionFailure => {
  if (error instanceof ConnectionFailure) return error;
  throw error;
};

const attempts = 4;
const timeoutMs = 35_000;

const parsed = (text: string): unknown => {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
};

export const createApiClient = (url: string, apiKey: string): ApiClient => {
  const send: ApiClient['send'] = async (method, path, body) => {
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers: { 'x-api-key': apiKey, ...(body !== undefined && { 'content-type': 'application/json' }) },
        signal: AbortSignal.timeout(timeoutMs),
        ...(body !== undefined && { body }),
      });
      const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
      return {
        status: response.status,
        body: parsed(await response.text()),
        retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
      };
    } catch (error) {
      throw new ConnectionFailure(url, error);
    }
  };

  /** Retries a request. `ifDone`: undefined if the request may safely be repeated. */
  const repeat = async (method: string, path: string, body: unknown, ifDone?: string): Promise<unknown> => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    let isAfterLoss = false;
    for (let attempt = 1; ; attempt += 1) {
      const reply = await send(method, path, text).catch(connectionFailure);
      const isAnswer = !(reply instanceof ConnectionFailure);
      if (isAnswer && reply.status < 300) return reply.body;
      const fate = fateOf(reply);
      const failure = isAnswer ? failureOf(reply, isAfterLoss) : reply;
      if (fate === 'lost' && ifDone !== undefined) throw new CliFailure(`${failure.message}\n${ifDone}`);
      if (fate === 'refused' || attempt === attempts) throw failure;
      isAfterLoss ||= fate === 'lost';
      await delay(backoffMs(attempt, isAnswer ? reply.retryAfterSeconds : 0));
    }
  };

  return { send, call: (method, path, body) => repeat(method, path, body), callOnce: repeat };
};

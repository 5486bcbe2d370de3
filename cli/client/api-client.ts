// The one HTTP client of the CLI: a request, its answer, and repetitions of what may be done twice.
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { codesOf, isLastingCode } from '../../shared/dependency-error.ts';
import { parseJson } from '../../shared/domain/json-text.ts';
import { CliFailure, PassingFailure, Refusal } from '../process/failure.ts';

export interface ApiReply {
  readonly status: number;
  /** Parsed JSON; undefined when there is none. */
  readonly body: unknown;
  readonly retryAfterSeconds: number | undefined;
}

export interface ApiClient {
  /** One attempt; `path` is relative to the deployment's URL. Throws ConnectionFailure when there is no answer. */
  readonly send: (method: string, path: string, body?: string) => Promise<ApiReply>;
  /**
   * For what may be done twice: it reads, or a repetition changes nothing. Repeats while the deployment is away or busy, and
   * throws CliFailure for every answer but a success.
   */
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /**
   * For what makes something each time. Repeats only what was surely not done (429), and throws CliFailure as `call` does: with
   * `ifDone` below the reason where it may have been done, the answer being lost.
   */
  readonly callOnce: (method: string, path: string, body: unknown, ifDone: string) => Promise<unknown>;
}

const absentReasons = ['ECONNREFUSED', 'ENOTFOUND', 'bad port'];

/** Such as `ECONNRESET`. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  return codesOf(error)[0] ?? (cause.message || cause.name);
};

export class ConnectionFailure extends PassingFailure {
  /** No deployment is there: more likely a wrong address than one that comes back. All else may pass. */
  readonly isAbsent: boolean;

  constructor(url: string, error: unknown) {
    const reason = reasonOf(error);
    const advice = /^https?:\/\/(127\.|localhost|\[::1\])/.test(url)
      ? 'Is it running? Start it with "tollgate start", or give --url.'
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

/** The problem in an answer. Whatever answered in another shape (a proxy, a web server) is named by its status. */
export const problemOf = ({ status, body }: ApiReply): Problem => {
  const parsed = v.safeParse(ProblemSchema, body);
  if (!parsed.success) {
    return { code: `http_${String(status)}`, message: `The answer has status ${String(status)}`, details: {} };
  }
  return parsed.output;
};

/** The message of a validation error repeats the first of its details, which are told below it: each is told once. */
const headingOf = ({ code, message, details }: Problem): string =>
  code === 'validation_error' && Object.keys(details).length > 0 ? 'Request validation failed' : message;

export const problemText = (problem: Problem): string => {
  const details = Object.entries(problem.details).map(
    ([path, rule]) => `\n  ${path}: ${typeof rule === 'string' ? rule : JSON.stringify(rule)}`,
  );
  return `${headingOf(problem)} (${problem.code})${details.join('')}`;
};

export const isRetryable = (status: number): boolean => status === 429 || status >= 500;

/** Milliseconds before attempt number `attempt` (from 1): doubling from 0.25 s to 8 s, at least what the server asks for. */
export const backoffMs = (attempt: number, retryAfterSeconds = 0): number =>
  Math.max(Math.min(250 * 2 ** (attempt - 1), 8_000) * (0.5 + Math.random() / 2), retryAfterSeconds * 1_000);

/** What a command ends with after this answer. `isAfterLoss`: as of Refusal. */
export const failureOf = (reply: ApiReply, isAfterLoss = false): PassingFailure | Refusal => {
  const problem = problemOf(reply);
  const text = problemText(problem);
  return isRetryable(reply.status) ? new PassingFailure(text) : new Refusal(text, problem.code, isAfterLoss);
};

/** `refused`: nothing was done, nor will be; `busy`: nothing was done yet; `lost`: it may have been done. */
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

  /** `ifDone`: left out where it may be done twice. */
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

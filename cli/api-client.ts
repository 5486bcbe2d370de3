// The one HTTP client of the CLI: a request, its answer, and the retries that event ids make safe.
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { rulesText } from '../shared/api/problem.ts';
import { codesOf, isLastingCode } from '../shared/dependency-error.ts';
import { parseJson } from '../shared/domain/json-text.ts';
import { PassingFailure, Refusal } from './failure.ts';

export interface ApiReply {
  readonly status: number;
  /** Parsed JSON; undefined when there is none. */
  readonly body: unknown;
  readonly retryAfterSeconds: number | undefined;
}

export interface ApiClient {
  /** One attempt; `path` is relative to the deployment's URL. Throws ConnectionFailure when there is no answer. */
  readonly send: (method: string, path: string, body?: string) => Promise<ApiReply>;
  /** Repeats while the deployment is away or busy, and throws CliFailure for every answer but a success. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>;
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

const withoutEnd = (text: string, end: string): string =>
  text.endsWith(end) ? text.slice(0, text.length - end.length) : text;

/**
 * The problem in an answer, its message without the details, which are told beside it. Whatever answered in another shape
 * (a proxy, a web server) is named by its status.
 */
export const problemOf = ({ status, body }: ApiReply): Problem => {
  const parsed = v.safeParse(ProblemSchema, body);
  if (!parsed.success) {
    return { code: `http_${String(status)}`, message: `The answer has status ${String(status)}`, details: {} };
  }
  const { code, message, details } = parsed.output;
  return { code, message: withoutEnd(message, rulesText(details)), details };
};

export const problemText = (problem: Problem): string => {
  const details = Object.entries(problem.details).map(
    ([path, rule]) => `\n  ${path}: ${typeof rule === 'string' ? rule : JSON.stringify(rule)}`,
  );
  return `${problem.message} (${problem.code})${details.join('')}`;
};

export const isRetryable = (status: number): boolean => status === 429 || status >= 500;

/** Milliseconds before attempt number `attempt` (from 1): doubling from 0.25 s to 8 s, at least what the server asks for. */
export const backoffMs = (attempt: number, retryAfterSeconds = 0): number =>
  Math.max(Math.min(250 * 2 ** (attempt - 1), 8_000) * (0.5 + Math.random() / 2), retryAfterSeconds * 1_000);

/** What a command ends with after this answer. */
export const failureOf = (reply: ApiReply): PassingFailure | Refusal => {
  const problem = problemOf(reply);
  const text = problemText(problem);
  return isRetryable(reply.status) ? new PassingFailure(text) : new Refusal(text, problem.code);
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

  return {
    send,
    call: async (method, path, body) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      for (let attempt = 1; ; attempt += 1) {
        const reply = await send(method, path, text).catch((error: unknown) => {
          if (!(error instanceof ConnectionFailure) || error.isAbsent || attempt === attempts) throw error;
          return undefined;
        });
        if (reply === undefined) {
          await delay(backoffMs(attempt));
          continue;
        }
        if (reply.status < 300) return reply.body;
        if (!isRetryable(reply.status) || attempt === attempts) throw failureOf(reply);
        await delay(backoffMs(attempt, reply.retryAfterSeconds));
      }
    },
  };
};

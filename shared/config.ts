// THE environment: one schema per function; the only reader of process.env. CDK and the local system build the same records.
import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty());
const whole = (fallback: string) =>
  v.pipe(v.optional(v.string(), fallback), v.regex(/^\d{1,9}$/, 'a whole number'), v.transform(Number));

// The SDK reads endpoints of emulators (AWS_ENDPOINT_URL) and credentials by itself.
const common = {
  /** On AWS Lambda sets it. */
  AWS_REGION: text,
  LOG_LEVEL: v.optional(v.picklist(['debug', 'info', 'warn', 'error']), 'info'),
  /** Keeps the deployments of one account apart. */
  METRIC_NAMESPACE: v.optional(text, 'Tollgate'),
};
const table = { TABLE_NAME: text };
/** Days; 0: for ever. */
const retention = {
  RETENTION_DAYS: v.pipe(
    whole('0'),
    v.check((days) => days === 0 || days >= 35, '0, or at least 35'),
  ),
};
const queue = { QUEUE_URL: text };

export const configSchemas = {
  ingest: v.object({ ...common, ...table, ...retention, ...queue }),
  processor: v.object({ ...common, ...table, ...retention }),
  query: v.object({
    ...common,
    ...table,
    ...retention,
    ...queue,
    DEAD_LETTER_QUEUE_URL: text,
    /** By which CloudWatch knows the age of the oldest message; empty: nobody measures it. */
    QUEUE_NAME: v.optional(v.string(), ''),
  }),
  catalog: v.object({
    ...common,
    ...table,
    /** The description of the API; relative to the folder of the code, where Lambda starts. */
    OPENAPI_FILE: v.optional(text, 'openapi.json'),
  }),
} as const;

export type FunctionName = keyof typeof configSchemas;
export type FunctionConfig<F extends FunctionName> = v.InferOutput<(typeof configSchemas)[F]>;
/** What must be in a function's environment, as CDK and the local system pass it. */
export type FunctionEnvironment<F extends FunctionName> = v.InferInput<(typeof configSchemas)[F]>;

/** Reads and checks a function's environment; throws an Error that names what is missing or wrong. */
export const readConfig = <F extends FunctionName>(
  name: F,
  environment: NodeJS.ProcessEnv = process.env,
): FunctionConfig<F> => {
  const result = v.safeParse<(typeof configSchemas)[F]>(configSchemas[name], environment);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  throw new Error(`environment of ${name}: ${faults.join('; ')}`);
};

/** What the CLI takes from the environment when its options are not given. */
export const readCliEnvironment = (
  environment: NodeJS.ProcessEnv = process.env,
): {
  readonly url: string | undefined;
  readonly apiKey: string | undefined;
  readonly stack: string | undefined;
  /** Of POSIX, which says how text is encoded; "": none is set. */
  readonly locale: string;
  /** Of a terminal, or of what takes its place. */
  readonly columns: number | undefined;
} => ({
  url: environment['TOLLGATE_URL'] || undefined,
  apiKey: environment['TOLLGATE_API_KEY'] || undefined,
  stack: environment['TOLLGATE_STACK'] || undefined,
  columns: /^[1-9]\d{0,3}$/.test(environment['COLUMNS'] ?? '') ? Number(environment['COLUMNS']) : undefined,
  locale: environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '',
});

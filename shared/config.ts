// The environment of each function as a schema, and the only reader of process.env. CDK and the local system build the same records.
import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty());
const whole = (fallback: string) =>
  v.pipe(v.optional(v.string(), fallback), v.regex(/^\d{1,9}$/, 'a whole number'), v.transform(Number));

// The SDK itself reads emulator endpoints (AWS_ENDPOINT_URL) and credentials.
const common = {
  /** Set by Lambda on AWS. */
  AWS_REGION: text,
  LOG_LEVEL: v.optional(v.picklist(['debug', 'info', 'warn', 'error']), 'info'),
  /** Separates the deployments of one account. */
  METRIC_NAMESPACE: v.optional(text, 'Tollgate'),
};
const table = { TABLE_NAME: text };
/** Days; 0: forever. */
const retention = {
  RETENTION_DAYS: v.pipe(
    whole('0'),
    v.check((days) => days === 0 || days >= 35, '0, or at least 35'),
  ),
};
const queue = { QUEUE_URL: text };
/** Whether arrivals are recorded, so that events can be followed live. */
const live = { LIVE: v.optional(v.picklist(['on', 'off']), 'off') };

export const functionNames = ['ingest', 'processor', 'query', 'catalog'] as const;
export type FunctionName = (typeof functionNames)[number];

/** @internal */
export const configSchemas = {
  ingest: v.object({ ...common, ...table, ...retention, ...queue }),
  processor: v.object({ ...common, ...table, ...retention, ...live }),
  query: v.object({
    ...common,
    ...table,
    ...retention,
    ...queue,
    ...live,
    /** Name of the stage and version of this software, shown to callers. */
    STAGE: v.exactOptional(text),
    VERSION: text,
    DEAD_LETTER_QUEUE_URL: text,
    /** Name under which CloudWatch reports the age of the oldest message; empty: not measured. */
    QUEUE_NAME: v.optional(v.string(), ''),
  }),
  catalog: v.object({
    ...common,
    ...table,
    /** The description of the API; relative to the folder of the code, where Lambda starts. */
    OPENAPI_FILE: v.optional(text, 'openapi.json'),
  }),
} as const satisfies Record<FunctionName, v.GenericSchema>;

export type FunctionConfig<F extends FunctionName> = v.InferOutput<(typeof configSchemas)[F]>;
/** The environment of a function, as CDK and the local system pass it. */
export type FunctionEnvironment<F extends FunctionName> = v.InferInput<(typeof configSchemas)[F]>;

/** An environment that every function accepts, as one process that runs all of them passes it. */
export type SharedEnvironment = FunctionEnvironment<'ingest'> &
  FunctionEnvironment<'processor'> &
  FunctionEnvironment<'query'> &
  FunctionEnvironment<'catalog'>;

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

/** Reads the environment variables that the CLI uses if options are not given. */
export const readCliEnvironment = (
  environment: NodeJS.ProcessEnv = process.env,
): {
  readonly url: string | undefined;
  readonly apiKey: string | undefined;
  readonly stack: string | undefined;
  /** POSIX locale, which names the text encoding; "": not set. */
  readonly locale: string;
  /** Width in columns, from COLUMNS. */
  readonly columns: number | undefined;
} => ({
  url: environment['TOLLGATE_URL'] || undefined,
  apiKey: environment['TOLLGATE_API_KEY'] || undefined,
  stack: environment['TOLLGATE_STACK'] || undefined,
  columns: /^[1-9]\d{0,3}$/.test(environment['COLUMNS'] ?? '') ? Number(environment['COLUMNS']) : undefined,
  locale: environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '',
});

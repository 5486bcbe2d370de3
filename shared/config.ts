// THE environment: one schema per function; the only reader of process.env. CDK and the local system build the same records.
import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty());
const whole = (fallback: string) =>
  v.pipe(v.optional(v.string(), fallback), v.regex(/^\d{1,9}$/, 'a whole number'), v.transform(Number));

const common = {
  AWS_REGION: text,
  /** Set for an emulator; empty or absent on AWS. */
  AWS_ENDPOINT_URL: v.optional(v.string()),
  LOG_LEVEL: v.optional(v.picklist(['debug', 'info', 'warn', 'error']), 'info'),
};
const table = {
  TABLE_NAME: text,
  /** "true" where the endpoint runs PartiQL batches. */ PARTIQL: v.optional(v.picklist(['true', 'false']), 'true'),
};
const retention = { RETENTION_DAYS: whole('0') };

export const configSchemas = {
  ingest: v.object({ ...common, ...table, ...retention, QUEUE_URL: text }),
  processor: v.object({ ...common, ...table, ...retention }),
  query: v.object({ ...common, ...table, ...retention, QUEUE_URL: text }),
  catalog: v.object({ ...common, ...table }),
} as const;

export type FunctionName = keyof typeof configSchemas;
export type FunctionConfig<F extends FunctionName> = v.InferOutput<(typeof configSchemas)[F]>;
/** What must be in a function's environment, as CDK and the local system pass it. */
export type FunctionEnvironment<F extends FunctionName> = v.InferInput<(typeof configSchemas)[F]>;

/** Reads and checks a function's environment; throws an Error that names what is missing. */
export const readConfig = <F extends FunctionName>(
  name: F,
  environment: NodeJS.ProcessEnv = process.env,
): FunctionConfig<F> => v.parse(configSchemas[name], environment) as never;

/** What the CLI takes from the environment when its options are not given. */
export const readCliEnvironment = (
  environment: NodeJS.ProcessEnv = process.env,
): { readonly url: string | undefined; readonly apiKey: string | undefined } => ({
  url: environment['TOLLGATE_URL'],
  apiKey: environment['TOLLGATE_API_KEY'],
});

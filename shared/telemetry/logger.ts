// The log: one line of JSON per entry. Nothing of a request's content or key belongs in it.

const logLevels = ['debug', 'info', 'warn', 'error'] as const;
/** @internal */
export type LogLevel = (typeof logLevels)[number];
type LogFields = Readonly<Record<string, unknown>>;
/** An Error among the fields is written with its stack and its causes. */
export type Logger = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;
export type WriteLine = (line: string) => void;

export interface LoggerDeps {
  readonly level: LogLevel;
  readonly write: WriteLine;
  /** UTC milliseconds. */
  readonly now: () => number;
}

export const writeToStdout: WriteLine = (line) => {
  process.stdout.write(`${line}\n`);
};

const showError = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value);
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { ...Object.fromEntries(Object.entries(value)), name, message, stack, cause };
};

export const createLogger = ({ level, write, now }: LoggerDeps): Logger => {
  const log = (entryLevel: LogLevel) => (message: string, fields?: LogFields) => {
    if (logLevels.indexOf(entryLevel) < logLevels.indexOf(level)) return;
    const entry = { level: entryLevel, time: new Date(now()).toISOString(), message, ...fields };
    write(JSON.stringify(entry, showError));
  };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
};

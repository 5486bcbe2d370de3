// Reads option values; an invalid one is a usage error that names the option.
import { InvalidArgumentError } from 'commander';
import { fromCivil, resolveTimeZone } from '../../shared/domain/time/civil-time.ts';
import { formatInstant, parseInstant } from '../../shared/domain/time/instant.ts';
import { CliFailure, exitCode } from './failure.ts';

export const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Must be a whole number greater than 0.');
  return Number(text);
};

export const portNumber = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('Must be a port from 0 to 65535.');
  return Number(text);
};

export const jsonHelp = 'print JSON: one object, or one per line for a list';

/** Returns whether an HTTP header can carry the text. */
export const isSecret = (text: string): boolean => /^[!-~]{1,512}$/.test(text);
export const secretRule = 'must be visible ASCII characters without spaces.';
/** Reads a secret. Throws CliFailure, because an InvalidArgumentError would show the secret. */
export const secretText = (text: string): string => {
  if (isSecret(text)) return text;
  throw new CliFailure(`--api-key: ${secretRule}`, exitCode.usage);
};

/** Collects the values of a repeatable option. */
export const collected = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** Refuses an empty text, as an unset shell variable gives. */
export const someText = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('Must not be empty.');
  return text;
};

/** Accepts any of the choices, in upper or lower case. */
export const oneOf =
  <const T extends string>(choices: readonly T[]) =>
  (text: string): T => {
    const choice = choices.find((known) => known === text.toUpperCase());
    if (choice === undefined) throw new InvalidArgumentError(`Must be one of ${choices.join(', ')}.`);
    return choice;
  };

/** Reads an RFC 3339 timestamp or a calendar date. */
export const timeValue = (text: string): string => {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text) && parseInstant(`${text}T00:00:00Z`) !== undefined;
  if (!isDate && parseInstant(text) === undefined) {
    throw new InvalidArgumentError(
      'Must be an RFC 3339 timestamp such as 2026-11-01T00:00:00Z, or a date such as 2026-11-01.',
    );
  }
  return text;
};

/** Returns an RFC 3339 timestamp: midnight of a date in the time zone, or the timestamp as given. */
export const instantOf = (text: string, timezone: string): string => {
  const midnight = parseInstant(`${text}T00:00:00Z`);
  return midnight === undefined ? text : formatInstant(fromCivil(midnight, timezone));
};

export const timezoneName = (text: string): string => {
  if (resolveTimeZone(text) === undefined) {
    throw new InvalidArgumentError('Must be an IANA time zone such as Europe/Berlin.');
  }
  return text;
};

/** Groups the values of a repeated key=value option by key. */
export const valuesByKey = (option: string, pairs: readonly string[]): Readonly<Record<string, readonly string[]>> => {
  const values = new Map<string, readonly string[]>();
  for (const pair of pairs) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined || value === undefined) {
      throw new CliFailure(`${option} must be key=value, not ${pair}`, exitCode.usage);
    }
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return Object.fromEntries(values);
};

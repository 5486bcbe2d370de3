// Reading the values of options; a wrong one is a usage error that names the option.
import { InvalidArgumentError } from 'commander';
import { fromCivil, resolveTimeZone } from '../../shared/domain/time/civil-time.ts';
import { formatInstant, parseInstant } from '../../shared/domain/time/instant.ts';
import { CliFailure, exitCode } from './failure.ts';

export const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number above 0.');
  return Number(text);
};

export const portNumber = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('Give a port from 0 to 65535.');
  return Number(text);
};

export const jsonHelp = 'print JSON: an object, or one per line for a list';

/** What an HTTP header can carry. */
export const isSecret = (text: string): boolean => /^[!-~]{1,512}$/.test(text);
export const secretRule = 'give visible ASCII characters without blanks.';
/** An InvalidArgumentError would show the secret. */
export const secretText = (text: string): string => {
  if (isSecret(text)) return text;
  throw new CliFailure(`--api-key: ${secretRule}`, exitCode.usage);
};

/** For options that may be repeated. */
export const collected = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** What an empty shell variable would leave open. */
export const someText = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
};

/** In any case of letters. */
export const oneOf =
  <const T extends string>(choices: readonly T[]) =>
  (text: string): T => {
    const choice = choices.find((known) => known === text.toUpperCase());
    if (choice === undefined) throw new InvalidArgumentError(`Give one of ${choices.join(', ')}.`);
    return choice;
  };

/** RFC 3339, or a date of the calendar. */
export const timeValue = (text: string): string => {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text) && parseInstant(`${text}T00:00:00Z`) !== undefined;
  if (!isDate && parseInstant(text) === undefined) {
    throw new InvalidArgumentError('Give RFC 3339 such as 2026-11-01T00:00:00Z, or a date such as 2026-11-01.');
  }
  return text;
};

/** Midnight of a date in the time zone; of a time, the time. RFC 3339. */
export const instantOf = (text: string, timezone: string): string => {
  const midnight = parseInstant(`${text}T00:00:00Z`);
  return midnight === undefined ? text : formatInstant(fromCivil(midnight, timezone));
};

export const timezoneName = (text: string): string => {
  if (resolveTimeZone(text) === undefined) {
    throw new InvalidArgumentError('Give an IANA time zone such as Europe/Berlin.');
  }
  return text;
};

/** Of a repeated option that takes key=value; values of one key come together. */
export const valuesByKey = (option: string, pairs: readonly string[]): Readonly<Record<string, readonly string[]>> => {
  const values = new Map<string, readonly string[]>();
  for (const pair of pairs) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined || value === undefined) {
      throw new CliFailure(`${option} takes key=value, not ${pair}`, exitCode.usage);
    }
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return Object.fromEntries(values);
};

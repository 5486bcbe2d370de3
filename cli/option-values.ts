// Reading the values of options; a wrong one is a usage error that names the option.
import { InvalidArgumentError } from 'commander';

export const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number above 0.');
  return Number(text);
};

export const portNumber = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('Give a port from 0 to 65535.');
  return Number(text);
};

/** What an HTTP header can carry. */
export const secretText = (text: string): string => {
  if (!/^[!-~]{1,512}$/.test(text)) throw new InvalidArgumentError('Give visible ASCII characters without blanks.');
  return text;
};

/** For options that may be repeated. */
export const collected = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

// Reports the API's errors with the names of options instead of fields.
import { type Problem, problemText } from './api-client.ts';
import { CliFailure, exitCode } from '../process/failure.ts';

/** Creates the converter of errors. `optionOf` maps a field of the request to its option (`--from`, `<subscription>`); an invalid one is a usage error. */
export const createOptionFailure = (optionOf: Readonly<Record<string, string>>): ((problem: Problem) => CliFailure) => {
  const inOptionNames = (text: string): string =>
    text.replace(/\b[a-z]+(?:_[a-z]+)+\b/g, (name) => optionOf[name] ?? name);
  return (problem) => {
    const told = Object.entries(problem.details).map(([path, rule]) => ({
      path,
      option: optionOf[/^\w+/.exec(path)?.[0] ?? ''],
      rule: typeof rule === 'string' ? inOptionNames(rule) : rule,
    }));
    const isWrongUse = problem.code === 'validation_error' && told.some(({ option }) => option !== undefined);
    const details = Object.fromEntries(told.map(({ path, option, rule }) => [option ?? path, rule]));
    return new CliFailure(problemText({ ...problem, details }), isWrongUse ? exitCode.usage : exitCode.failure);
  };
};

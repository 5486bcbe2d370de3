// What the API says of a request, in the names of the options that it was made of.
import { type Problem, problemText } from './api-client.ts';
import { CliFailure, exitCode } from '../process/failure.ts';

/** By field of the request, what it came from: `--from`, `<subscription>`. A request with a wrong one is wrong use. */
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

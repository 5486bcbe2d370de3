// Many runs, and what they came to; a wrong one is told line by line.
import { addCounts, type Counts, noCounts } from './counts.ts';
import { simulate } from './run.ts';
import { product } from './system.ts';
import { type Variant, variants } from './variants.ts';

export interface WrongRun {
  readonly seed: number;
  readonly failure: string;
}

export interface Summary {
  readonly seeds: number;
  readonly steps: number;
  readonly counts: Readonly<Counts>;
  readonly wrong: readonly WrongRun[];
}

export const emptySummary: Summary = { seeds: 0, steps: 0, counts: noCounts(), wrong: [] };

export const addSummaries = (a: Summary, b: Summary): Summary => ({
  seeds: a.seeds + b.seeds,
  steps: a.steps + b.steps,
  counts: addCounts(a.counts, b.counts),
  wrong: [...a.wrong, ...b.wrong],
});

const isAboutUsage = ({ failure }: WrongRun): boolean => failure.startsWith('usage: ');

export const theProduct: Variant = { name: 'the product', system: product };

/** Without a name, the product. Throws an Error on a name that is no variant's. */
export const findVariant = (name: string | undefined): Variant => {
  if (name === undefined) return theProduct;
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant) return variant;
  throw new Error(`no such variant: ${name}`);
};

/** Runs the seeds `from` to `from + seeds - 1`. */
export const runSeeds = async (variant: Variant, from: number, seeds: number): Promise<Summary> => {
  let summary = emptySummary;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { steps, counts, failure } = await simulate({ ...variant, seed });
    const wrong = failure === undefined ? [] : [{ seed, failure }];
    summary = addSummaries(summary, { seeds: 1, steps, counts, wrong });
  }
  return summary;
};

/** The first seed from 1 on, up to `seeds`, in which the variant is wrong where it must be. */
export const catchVariant = async (variant: Variant, seeds: number): Promise<WrongRun | undefined> => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const [wrong] = (await runSeeds(variant, seed, 1)).wrong;
    if (wrong && (!variant.isWrongInUsage || isAboutUsage(wrong))) return wrong;
  }
  return undefined;
};

/** What happened in a run, and how to see it again. */
export const tellRun = async (variant: Variant, seed: number): Promise<string> => {
  const trace: string[] = [];
  const { mode, failure } = await simulate({ ...variant, seed, trace });
  const options = variant === theProduct ? '' : ` --variant "${variant.name}"`;
  return [
    ...trace,
    `seed ${String(seed)} (${mode}): ${failure ?? 'right'}`,
    `again: npm run simulate -- --from ${String(seed)} --seeds 1${options}`,
  ].join('\n');
};

// Runs many seeds and sums up the results; a wrong run is told line by line.
import { addCounts, type Counts, noCounts } from './counts.ts';
import { simulateCatalog } from './catalog-run.ts';
import { type RunReport, simulate } from './run.ts';
import { product } from './system.ts';
import { type Part, type Variant, variants } from './variants.ts';

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

export const theProduct: Variant = { name: 'the product', system: product, parts: ['events', 'catalog'] };

/** Without a name, the product, or a part of it. Throws an Error on a name that is no variant's. */
export const findVariant = (name: string | undefined, part?: Part): Variant => {
  if (name === undefined) return part ? { ...theProduct, parts: [part] } : theProduct;
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant) return variant;
  throw new Error(`no such variant: ${name}`);
};

const simulatePart = { events: simulate, catalog: simulateCatalog } as const satisfies Record<Part, unknown>;

/** Every part of the simulator on one seed. */
const runSeed = async (
  { parts = ['events'], ...variant }: Variant,
  seed: number,
  trace?: string[],
): Promise<readonly RunReport[]> => {
  const reports: RunReport[] = [];
  for (const part of parts) {
    reports.push(await simulatePart[part]({ ...variant, seed, ...(trace && { trace }) }));
  }
  return reports;
};

/** Runs the seeds `from` to `from + seeds - 1`. */
export const runSeeds = async (variant: Variant, from: number, seeds: number): Promise<Summary> => {
  let summary = emptySummary;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const wrong: WrongRun[] = [];
    for (const { steps, counts, failure } of await runSeed(variant, seed)) {
      if (failure !== undefined) wrong.push({ seed, failure });
      summary = addSummaries(summary, { seeds: 0, steps, counts, wrong: [] });
    }
    summary = addSummaries(summary, { ...emptySummary, seeds: 1, wrong });
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

/** Tells what happened in a run, and how to see it again. */
export const tellRun = async (variant: Variant, seed: number): Promise<string> => {
  const trace: string[] = [];
  const reports = await runSeed(variant, seed, trace);
  const options = variant === theProduct ? '' : ` --variant "${variant.name}"`;
  return [
    ...trace,
    ...reports.map(({ mode, failure }) => `seed ${String(seed)} (${mode}): ${failure ?? 'right'}`),
    `again: npm run simulate -- --from ${String(seed)} --seeds 1${options}`,
  ].join('\n');
};

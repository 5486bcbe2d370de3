// `npm run simulate`: as many seeds as asked for, on all cores. Exit code 1 when the product was wrong, or a broken variant
// was not caught.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addSummaries, emptySummary, findVariant, type Summary, tellRun } from './campaign.ts';
import { type Part, parts, variants } from './variants.ts';

interface Options {
  readonly seeds: number;
  readonly from: number;
  readonly variant?: string;
  readonly part?: Part;
  readonly json?: true;
}

const chunkSize = 20;
const shownFailures = 10;

const positive = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('a positive whole number');
  return number;
};

const runOnAllCores = async (
  { seeds, from, variant, part }: Options,
  onProgress: (summary: Summary) => void,
): Promise<Summary> => {
  const threads = availableParallelism();
  const chunks = Array.from({ length: Math.ceil(seeds / chunkSize) }, (_, chunk) => ({
    from: from + chunk * chunkSize,
    seeds: Math.min(chunkSize, seeds - chunk * chunkSize),
  }));
  let summary = emptySummary;
  const runThread = (thread: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const workerData = { variant, part, chunks: chunks.filter((_, chunk) => chunk % threads === thread) };
      const worker = new Worker(new URL('./seed-thread.ts', import.meta.url), { workerData });
      worker.on('message', (part: Summary) => {
        summary = addSummaries(summary, part);
        onProgress(summary);
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        resolve();
      });
    });
  await Promise.all(Array.from({ length: threads }, (_, thread) => runThread(thread)));
  return { ...summary, wrong: [...summary.wrong].sort((a, b) => a.seed - b.seed) };
};

const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const report = ({ seeds, steps, counts, wrong }: Summary, seconds: number): string => {
  const { crashes, errors, losses, landings, ...rest } = counts;
  const count = (number: number): string => number.toLocaleString('en-US');
  return [
    `${count(seeds)} seeds, ${count(steps)} steps, ${seconds.toFixed(0)} s`,
    `${count(crashes + errors + losses)} faults: ${count(crashes)} crashes, ${count(errors)} failed requests, ` +
      `${count(losses)} lost responses; ${count(landings)} effects after that`,
    Object.entries(rest)
      .map(([name, number]) => `${count(number)} ${inWords(name)}`)
      .join(', '),
    `${count(wrong.length)} wrong runs`,
    ...wrong.slice(0, shownFailures).map(({ seed, failure }) => `  seed ${String(seed)}: ${failure}`),
  ].join('\n');
};

const run = async (options: Options): Promise<void> => {
  const variant = findVariant(options.variant, options.part);
  const bar = new SingleBar({
    format: '{bar} {value}/{total} seeds, {eta_formatted} left, {wrong} wrong',
    noTTYOutput: true,
    notTTYSchedule: 20_000,
  });
  const startedAt = performance.now();
  bar.start(options.seeds, 0, { wrong: 0 });
  const summary = await runOnAllCores(options, ({ seeds, wrong }) => {
    bar.update(seeds, { wrong: wrong.length });
  });
  bar.stop();
  const seconds = (performance.now() - startedAt) / 1_000;
  const [first] = summary.wrong;
  if (options.json) console.log(JSON.stringify({ variant: variant.name, from: options.from, seconds, ...summary }));
  else {
    if (first) console.log(await tellRun(variant, first.seed));
    console.log(report(summary, seconds));
  }
  const isAsExpected = options.variant === undefined ? first === undefined : first !== undefined;
  process.exitCode = isAsExpected ? 0 : 1;
};

await new Command('simulate')
  .description(
    'Runs the write protocol, the lists, the queries of usage and the changes of the catalog under random faults, in virtual time.',
  )
  .option('--seeds <number>', 'how many seeds', positive, 300)
  .option('--from <seed>', 'the first seed', positive, 1)
  .addOption(
    new Option('--variant <name>', 'a broken variant, which must be caught').choices(variants.map(({ name }) => name)),
  )
  .addOption(new Option('--part <name>', 'a part of the product alone').choices(parts))
  .option('--json', 'print JSON')
  .action(run)
  .parseAsync();

// `npm run ranges`: draws subscriptions, and says where the bills of their periods are not the bill of all of them as one range. Exit
// code 1 if there is one.
import { isDeepStrictEqual } from 'node:util';
import { Command, InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { feesOfRange, rangesOfFees, rangesOfUsage, usageOfRange } from './worlds/range-of-periods.ts';

interface Options {
  readonly runs: number;
  readonly seed: number;
}

const natural = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('a whole number');
  return number;
};

const run = ({ runs: numRuns, seed }: Options): void => {
  const ofUsage = fc.property(rangesOfUsage, (world) => {
    const { apart, together } = usageOfRange(world);
    return isDeepStrictEqual(apart, together);
  });
  const ofFees = fc.property(rangesOfFees, (range) => {
    const { apart, together } = feesOfRange(range);
    return apart.minus(together).abs().lt('1e-9');
  });
  const results = [fc.check(ofUsage, { numRuns, seed }), fc.check(ofFees, { numRuns, seed })] as const;
  const [usage, fees] = results;
  if (usage.failed) console.log(fc.defaultReportMessage(usage));
  if (fees.failed) console.log(fc.defaultReportMessage(fees));
  const failed = results.filter((result) => result.failed);
  console.log(`seed ${String(seed)}, ${String(numRuns)} subscriptions, ${String(failed.length)} laws failed`);
  if (failed.length > 0) process.exitCode = 1;
};

new Command('ranges')
  .option('--runs <number>', 'how many subscriptions', natural, 2000)
  .option('--seed <number>', 'of what is drawn', natural, Date.now() % 1e9)
  .action(run)
  .parse();

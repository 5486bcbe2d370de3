// `npm run oracle`: bills random cases with the product and with the oracle, and says where they differ. Exit code 1 if they do.
import { Command, InvalidArgumentError } from 'commander';
import { drawBillCase } from '../worlds/bill-draws.ts';
import type { BillCase } from '../oracles/bill/bill-case.ts';
import { differencesOf } from './differences.ts';
import { smallestCase } from './smallest-case.ts';

interface Options {
  readonly cases: number;
  readonly seed: number;
  readonly shown: number;
}

const natural = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('a whole number');
  return number;
};

/** The matter of a difference, without its numbers and names. */
const kindOf = (difference: string): string =>
  difference.startsWith('order') ? 'order' : difference.replaceAll(/[\d.:-]+/g, '#');

/** Times as people read them. */
const written = (bill: BillCase): string =>
  JSON.stringify(
    bill,
    (_, value: unknown) => (typeof value === 'number' && value > 1e11 ? new Date(value).toISOString() : value),
    1,
  );

const hasDifference = async (bill: BillCase, kind: string): Promise<boolean> =>
  (await differencesOf(bill)).some((difference) => kindOf(difference) === kind);

const run = async ({ cases, seed, shown }: Options): Promise<void> => {
  const kinds = new Map<string, number>();
  let different = 0;
  for (let place = 0; place < cases; place += 1) {
    const bill = drawBillCase(seed + place);
    const [first, ...others] = await differencesOf(bill);
    if (first === undefined) continue;
    different += 1;
    for (const one of [first, ...others]) kinds.set(kindOf(one), (kinds.get(kindOf(one)) ?? 0) + 1);
    if (different > shown) continue;
    const smallest = await smallestCase(bill, (other) => hasDifference(other, kindOf(first)));
    console.log(`case ${String(seed + place)}:\n${written(smallest)}\n${(await differencesOf(smallest)).join('\n')}\n`);
  }
  for (const [kind, count] of [...kinds].sort(([, a], [, b]) => b - a)) console.log(`${String(count)} × ${kind}`);
  console.log(`seed ${String(seed)}, ${String(cases)} cases, ${String(different)} different`);
  if (different > 0) process.exitCode = 1;
};

await new Command('oracle')
  .option('--cases <number>', 'how many cases', natural, 1000)
  .option('--seed <number>', 'of the first case; case n has seed + n', natural, Date.now() % 1e9)
  .option('--shown <number>', 'how many different cases are shown, as small as they can be', natural, 3)
  .action(run)
  .parseAsync();

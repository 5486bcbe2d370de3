// Every broken variant of the protocol is caught, and the product is right under the schedules that aim at them.
import { expect, test } from '@jest/globals';
import { pageOfCompleteParts } from './simulator/broken-pages.ts';
import { catchVariant, runSeeds } from './simulator/campaign.ts';
import { product } from './simulator/system.ts';
import { type Variant, variants } from './simulator/variants.ts';

const timeoutMs = 240_000;

const isAimed = ({ schedule, clients }: Variant): boolean => schedule !== undefined || clients !== undefined;

test.each(variants.filter(isAimed))(
  'a broken variant is caught by a schedule that aims at it, and the product is right in as many seeds: $name',
  async (variant) => {
    const { seeds = 20 } = variant;
    expect(await catchVariant(variant, seeds)).toBeDefined();
    expect((await runSeeds({ ...variant, system: product }, 1, seeds)).wrong).toEqual([]);
  },
  timeoutMs,
);

test(
  'the product is right with the rule of pages alone, also where parts that do not belong together can be read',
  async () => {
    const system = { ...product, createDayPageStore: pageOfCompleteParts };
    expect((await runSeeds({ name: 'pages of complete parts', system }, 1, 40)).wrong).toEqual([]);
  },
  timeoutMs,
);

test.each(variants.filter((variant) => !isAimed(variant)))(
  'a broken variant is caught by a general schedule: $name',
  async (variant) => {
    expect(await catchVariant(variant, 400)).toBeDefined();
  },
  timeoutMs,
);

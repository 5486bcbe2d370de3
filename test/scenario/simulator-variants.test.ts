// Every broken variant of the protocol is caught, and the product is right under the schedules that aim at them.
import { expect, test } from '@jest/globals';
import { pageOfCompleteParts } from './simulator/broken-pages.ts';
import { catchVariant, runSeeds } from './simulator/campaign.ts';
import { product } from './simulator/system.ts';
import { variants } from './simulator/variants.ts';

const timeoutMs = 240_000;

test.each(variants.filter(({ schedule, clients }) => schedule !== undefined || clients !== undefined))(
  'the product is right under the schedule that aims at: $name',
  async (variant) => {
    expect((await runSeeds({ ...variant, system: product }, 1, 20)).wrong).toEqual([]);
  },
  timeoutMs,
);

test(
  'the rule of pages is right, also where parts that do not belong together can be read',
  async () => {
    const system = { ...product, createDayPageStore: pageOfCompleteParts };
    expect((await runSeeds({ name: 'pages of complete parts', system }, 1, 40)).wrong).toEqual([]);
  },
  timeoutMs,
);

test.each(variants)(
  'caught: $name',
  async (variant) => {
    expect(await catchVariant(variant, 400)).toBeDefined();
  },
  timeoutMs,
);

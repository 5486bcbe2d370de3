// A thread that runs seeds and reports them in chunks.
import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { findVariant, runSeeds } from './campaign.ts';
import { parts } from './variants.ts';

const { variant, part, chunks } = v.parse(
  v.object({
    variant: v.optional(v.string()),
    part: v.optional(v.picklist(parts)),
    chunks: v.array(v.object({ from: v.number(), seeds: v.number() })),
  }),
  workerData,
);

for (const { from, seeds } of chunks) parentPort?.postMessage(await runSeeds(findVariant(variant, part), from, seeds));

// Measures the usage of charge lines: all of a customer's in one fold, those of one definition in one part of it.
import { type Definition, hashOfDefinition } from '../../../shared/domain/usage/definition.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import {
  type AllowanceSpan,
  type LineReading,
  type MeasuredLine,
  readLine,
  unmeasured,
} from '../../../shared/domain/charges/measured-line.ts';
import type { UsageLine } from '../../../shared/domain/charges/usage-line.ts';
import type { FoldPart } from '../fold/fold-session.ts';
import { foldUsage, type FoldUsageDeps } from '../fold/fold-usage.ts';

export interface WantedLine {
  readonly line: UsageLine;
  readonly span: AllowanceSpan;
}

const partOf = (definition: Definition, readings: readonly LineReading[]): FoldPart => ({
  definition,
  start: Math.min(...readings.map(({ from }) => from)),
  end: Math.max(...readings.map(({ to }) => to)),
  boundaries: readings.flatMap(({ from, to, boundaries }) => [from, to, ...boundaries]),
  visit: (slot, state) => {
    for (const { from, to, add } of readings) if (slot >= from && slot < to) add(slot, state);
  },
});

/** Returns what each line used, in the order of the lines. Throws as `foldUsage` does. */
export const measureLines = async (
  deps: FoldUsageDeps,
  scope: Scope,
  externalCustomerId: string,
  wanted: readonly WantedLine[],
): Promise<readonly MeasuredLine[]> => {
  const readings = wanted.map(({ line, span }) => line.meter && readLine(line, line.meter, span));
  const read = readings.filter((reading) => reading !== undefined);
  const shared = Map.groupBy(read, ({ definition }) => hashOfDefinition(definition)).values();
  const parts = [...shared].flatMap((some) => (some[0] ? [partOf(some[0].definition, some)] : []));
  await foldUsage(deps, scope, externalCustomerId, parts);
  return wanted.map(({ line }, index) => readings[index]?.measure() ?? unmeasured(line));
};

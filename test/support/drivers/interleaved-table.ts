// The table's twin under a scheduler of fast-check: requests take effect in any order, and some writes lose their response,
// so that the SDK repeats them.
import type fc from 'fast-check';
import { createMemoryTable, type MemoryTable } from './memory-table.ts';

/** `isLost` is asked once for each write. */
export const createInterleavedTable = (scheduler: fc.Scheduler, isLost: () => boolean): MemoryTable =>
  createMemoryTable({
    intercept: (operation, apply) =>
      scheduler.schedule(Promise.resolve(), `${operation.name} ${operation.pk}`).then(() => {
        const answer = apply();
        const isWrite = operation.name === 'put' || operation.name === 'set';
        return isWrite && isLost() ? apply() : answer;
      }),
  });

/** Answers `lost` in turn, then false. */
export const inTurn = (lost: readonly boolean[]): (() => boolean) => {
  const remaining = lost.values();
  return () => remaining.next().value ?? false;
};

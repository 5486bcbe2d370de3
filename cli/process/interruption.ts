// Handles Ctrl-C. For work that must stop cleanly, the first one asks it to stop and the second one ends the process; other work
// ends at once.
import { exitCode } from './failure.ts';

/** Returns whether `run` was interrupted; `run` checks while it works. */
export const untilInterrupted = async <T>(run: (isInterrupted: () => boolean) => Promise<T>): Promise<T> => {
  let isInterrupted = false;
  const interrupt = (): void => {
    isInterrupted = true;
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await run(() => isInterrupted);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
};

/** Runs work that may stop at any point. `onInterrupt` reports what was done. */
export const endAtInterrupt = async <T>(onInterrupt: () => void, run: () => Promise<T>): Promise<T> => {
  const interrupt = (): void => {
    onInterrupt();
    process.exit(exitCode.interrupted);
  };
  process.once('SIGINT', interrupt);
  try {
    return await run();
  } finally {
    process.off('SIGINT', interrupt);
  }
};

// Ctrl-C. For work that ends in order the first one asks it to, and the second one ends the process; other work ends at once.
import { exitCode } from './failure.ts';

/** Answers whether it was interrupted; `run` asks while it works. */
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

/** For work that may end anywhere. `onInterrupt` tells what became of it. */
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

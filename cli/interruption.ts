// Ctrl-C for work that ends in order: the first one asks it to, the second one ends the process.

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

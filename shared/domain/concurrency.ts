// Runs effects with a bound on how many run at once.

/** Applies `run` to every value, at most `limit` at a time, and returns the results in the order of the values. Throws the first failure. */
export const mapConcurrently = async <T, R>(
  values: readonly T[],
  limit: number,
  run: (value: T) => Promise<R>,
): Promise<R[]> => {
  const results = new Map<number, R>();
  const entries = values.entries();
  const worker = async (): Promise<void> => {
    for (const [index, value] of entries) results.set(index, await run(value));
  };
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
};

// Waiting between the attempts of a batch whose parts DynamoDB threw back. (The SDK repeats whole requests by itself.)

/** Upper bounds in milliseconds; the first attempt does not wait. */
const delaysMs = [0, 50, 100, 200, 400, 800];

export const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });

/**
 * Runs `attempt` until it says it is done: true, or false when the attempts are used up. Waits with jitter between them; an
 * attempt that made headway (`progress`) does not count.
 */
export const repeatWithBackoff = async (
  attempt: () => Promise<'done' | 'progress' | 'stuck'>,
  wait: (delayMs: number) => Promise<void> = pause,
): Promise<boolean> => {
  let failures = 0;
  for (;;) {
    const result = await attempt();
    if (result === 'done') return true;
    failures = result === 'progress' ? 1 : failures + 1;
    const delayMs = delaysMs[failures];
    if (delayMs === undefined) return false;
    await wait(delayMs * (0.5 + Math.random() / 2));
  }
};

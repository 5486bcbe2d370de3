// Virtual time: what is due happens one thing after the other, and every promise that follows from it is settled before the
// next. So one seed is one run, and hours pass in milliseconds.
import { setImmediate } from 'node:timers';

export interface VirtualTime {
  /** UTC milliseconds, with fractions. */
  readonly now: () => number;
  /** In the past means now. */
  readonly at: (due: number, run: () => void) => void;
  readonly sleep: (durationMs: number) => Promise<void>;
  /** Until nothing is due any more, or `isOver`. Answers how many things happened. */
  readonly pass: (isOver: () => boolean) => Promise<number>;
}

interface Due {
  readonly time: number;
  readonly order: number;
  readonly run: () => void;
}

const isBefore = (a: Due, b: Due): boolean => a.time < b.time || (a.time === b.time && a.order < b.order);

// Timers run only when there are no more microtasks.
const flushPromises = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** A binary heap, soonest first. */
const createAgenda = () => {
  const heap: Due[] = [];
  const swapIfBefore = (low: number, high: number): boolean => {
    const [a, b] = [heap[low], heap[high]];
    if (a === undefined || b === undefined || !isBefore(b, a)) return false;
    heap[low] = b;
    heap[high] = a;
    return true;
  };
  return {
    push: (due: Due): void => {
      let index = heap.push(due) - 1;
      while (index > 0 && swapIfBefore((index - 1) >> 1, index)) index = (index - 1) >> 1;
    },
    pop: (): Due | undefined => {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      heap[0] = last;
      for (let index = 0; ;) {
        const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]];
        const child = left && right && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1;
        if (!swapIfBefore(index, child)) return first;
        index = child;
      }
    },
  };
};

export const createVirtualTime = (start: number): VirtualTime => {
  const agenda = createAgenda();
  let now = start;
  let order = 0;
  const at = (due: number, run: () => void): void => {
    agenda.push({ time: Math.max(due, now), order: order++, run });
  };
  return {
    now: () => now,
    at,
    sleep: (durationMs) =>
      new Promise((resolve) => {
        at(now + durationMs, resolve);
      }),
    pass: async (isOver) => {
      let steps = 0;
      for (let next = agenda.pop(); next && !isOver(); next = agenda.pop()) {
        now = next.time;
        next.run();
        steps += 1;
        await flushPromises();
      }
      return steps;
    },
  };
};

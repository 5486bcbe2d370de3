// Shows the progress of long operations, on stderr.
import { SingleBar } from 'cli-progress';

export interface Progress {
  readonly read: (bytes: number) => void;
  readonly sent: (accepted: number, failed: number) => void;
  readonly waits: (reason: string) => void;
  readonly stop: () => void;
}

const silent: Progress = {
  read: () => undefined,
  sent: () => undefined,
  waits: () => undefined,
  stop: () => undefined,
};

const newBar = (format: string): SingleBar =>
  new SingleBar({
    format,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    stream: process.stderr,
    gracefulExit: false,
  });

export interface Count {
  readonly reach: (count: number) => void;
  readonly stop: () => void;
}

/** Starts a counter up to about `total`; the bar stays full if there is more. */
export const startCount = (total: number, done: string): Count => {
  if (!process.stderr.isTTY) return { reach: () => undefined, stop: () => undefined };
  const bar = newBar(`{bar} {value} of about {total} ${done}`);
  bar.start(Math.max(total, 1), 0);
  return {
    reach: (count) => {
      if (count > bar.getTotal()) bar.setTotal(count);
      bar.update(count);
    },
    stop: () => {
      bar.stop();
    },
  };
};

/** Starts a counter of something whose total is unknown. */
export const startTally = (done: string): Count => {
  if (!process.stderr.isTTY) return { reach: () => undefined, stop: () => undefined };
  const bar = newBar(`{value} ${done}`);
  bar.start(Number.MAX_SAFE_INTEGER, 0);
  return {
    reach: (count) => {
      bar.update(count);
    },
    stop: () => {
      bar.stop();
    },
  };
};

export const foldedText = (folded: number, ofDays: number): string =>
  `folded ${String(folded)} of ${String(ofDays)} days`;

export interface Folding {
  readonly reach: (folded: number, ofDays: number) => void;
  readonly stop: () => void;
}

/** Shows how many days are folded; without a terminal, a line for each advance. */
export const startFolding = (): Folding => {
  if (!process.stderr.isTTY) {
    let last = '';
    return {
      reach: (folded, ofDays) => {
        const line = foldedText(folded, ofDays);
        if (line !== last) process.stderr.write(`${line}\n`);
        last = line;
      },
      stop: () => undefined,
    };
  }
  const bar = newBar('{bar} folded {value} of {total} days');
  let isStarted = false;
  return {
    reach: (folded, ofDays) => {
      if (isStarted) bar.setTotal(ofDays);
      else bar.start(ofDays, folded);
      isStarted = true;
      bar.update(folded);
    },
    stop: () => {
      if (isStarted) bar.stop();
    },
  };
};

/** Starts the progress of sending. Without `totalBytes` (size of the input unknown) it shows a counter but no bar. */
export const startProgress = (totalBytes: number | undefined): Progress => {
  if (!process.stderr.isTTY) {
    return { ...silent, waits: (reason) => process.stderr.write(`waiting: ${reason}\n`) };
  }
  const startedAt = performance.now();
  const bar = newBar(
    `${totalBytes === undefined ? '' : '{bar} {percentage}% | '}{accepted} accepted, {failed} refused | {rate}/s {note}`,
  );
  const state = { accepted: 0, failed: 0, rate: 0, note: '' };
  bar.start(totalBytes ?? 1, 0, state);
  return {
    read: (bytes) => {
      bar.increment(totalBytes === undefined ? 0 : bytes, state);
    },
    sent: (accepted, failed) => {
      const rate = Math.round(accepted / ((performance.now() - startedAt) / 1_000));
      Object.assign(state, { accepted, failed, rate, note: '' });
      bar.increment(0, state);
    },
    waits: (reason) => {
      state.note = `| waiting: ${reason.slice(0, 80)}`;
      bar.increment(0, state);
    },
    stop: () => {
      bar.stop();
    },
  };
};

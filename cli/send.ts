// tollgate send: NDJSON from a file or stdin to the bulk endpoint, with a progress bar and a summary of what was refused.
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { type Command } from 'commander';
import { ulid } from 'ulid';
import { connect, type ConnectionOptions, withConnection } from './connection.ts';
import { idOfFileLine, inBatches, parseEventLines, splitLines } from './event-lines.ts';
import { CliFailure, exitCode } from './failure.ts';
import { wholeNumber } from './option-values.ts';
import { startProgress } from './progress.ts';
import { sendEvents, type SendSummary } from './send-events.ts';

const maxEvents = 1_000;
const maxBytes = 3_900_000;
const shownFailures = 20;

interface SendOptions extends ConnectionOptions {
  readonly startLine: number;
  readonly parallel: number;
  readonly retryFor: number;
}

interface Input {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** undefined: not known before its end. */
  readonly bytes: number | undefined;
  readonly idOf: (line: number, text: string) => string;
}

const openInput = async (file: string | undefined): Promise<Input> => {
  if (file === undefined || file === '-')
    return { chunks: process.stdin, bytes: undefined, idOf: () => `event_${ulid()}` };
  try {
    const path = await realpath(file);
    const stats = await stat(path);
    if (stats.isDirectory()) throw new CliFailure(`${file} is a folder.`, exitCode.usage);
    const chunks = createReadStream(path, { highWaterMark: 1024 * 1024 });
    return { chunks, bytes: stats.size, idOf: idOfFileLine(path) };
  } catch (error) {
    if (error instanceof CliFailure) throw error;
    throw new CliFailure(`Cannot read ${file}.`, exitCode.usage);
  }
};

const summaryText = (summary: SendSummary, seconds: number, isInterrupted: boolean): string => {
  const { accepted, failures, settledLine, stoppedBy } = summary;
  const rate = Math.round(accepted / Math.max(seconds, 0.001));
  const lines = [
    `${String(accepted)} accepted, ${String(failures.length)} refused in ${seconds.toFixed(1)} s (${String(rate)}/s)`,
    ...failures.slice(0, shownFailures).map(({ line, rule }) => `  line ${String(line)}: ${rule}`),
  ];
  if (failures.length > shownFailures) {
    lines.push(`  and ${String(failures.length - shownFailures)} more (--json lists all)`);
  }
  if (stoppedBy) lines.push(stoppedBy.message);
  if (stoppedBy || isInterrupted) {
    lines.push(`Run it again to go on: ids make that safe. --start-line ${String(settledLine + 1)} saves time.`);
  }
  return lines.join('\n');
};

const send = async (file: string | undefined, options: SendOptions): Promise<void> => {
  const { send: request } = connect(options);
  const input = await openInput(file);
  const interruption = new AbortController();
  const interrupt = () => {
    interruption.abort();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);

  const progress = startProgress(input.bytes);
  const counted = async function* () {
    for await (const chunk of input.chunks) {
      progress.read(chunk.length);
      yield chunk;
    }
  };
  const startedAt = performance.now();
  const lines = parseEventLines(splitLines(counted()), input.idOf, options.startLine);
  const summary = await sendEvents(inBatches(lines, maxEvents, maxBytes), {
    post: (body) => request('POST', 'v1/events/bulk', body),
    parallel: options.parallel,
    patienceMs: options.retryFor * 1_000,
    signal: interruption.signal,
    onProgress: progress.sent,
    onWait: progress.waits,
  });
  progress.stop();
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);

  const seconds = (performance.now() - startedAt) / 1_000;
  const { accepted, failures, settledLine, stoppedBy } = summary;
  const isInterrupted = interruption.signal.aborted;
  if (options.json) {
    const outcome = { accepted, refused: failures.length, seconds, settled_line: settledLine, failures };
    console.log(JSON.stringify({ ...outcome, ...(stoppedBy && { stopped_by: stoppedBy.message }) }));
  } else {
    console.error(summaryText(summary, seconds, isInterrupted));
  }
  if (failures.length > 0 || stoppedBy || isInterrupted) process.exitCode = exitCode.failure;
  process.stdin.destroy();
};

export const addSendCommand = (program: Command): void => {
  withConnection(program.command('send'))
    .description('send events: one JSON object per line, from a file or stdin')
    .argument('[file]', 'NDJSON file; stdin when left out')
    .option('--start-line <n>', 'skip the lines before this one', wholeNumber, 1)
    .option('--parallel <n>', 'requests at a time', wholeNumber, 4)
    .option('--retry-for <seconds>', 'how long an absent or busy deployment is waited for', wholeNumber, 300)
    .addHelpText(
      'after',
      `
An event counts once by its event_id, so sending a file again is safe. An event without one gets an id of the file's path,
its line number and its text; from stdin it gets a fresh one, so give ids there if you may have to send again.

Examples:
  $ tollgate send usage.ndjson
  $ zcat usage.ndjson.gz | tollgate send --url https://abc.execute-api.eu-west-1.amazonaws.com/prod
  $ echo '{"event_name":"api_call","external_customer_id":"acme"}' | tollgate send`,
    )
    .action((file: string | undefined, options: SendOptions) => send(file, options));
};

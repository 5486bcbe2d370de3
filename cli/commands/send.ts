// tollgate send: sends NDJSON from a file or stdin to the bulk endpoint, with a progress bar and a summary of what was refused.
import { open, stat } from 'node:fs/promises';
import { type Command } from 'commander';
import { connect, type ConnectionOptions, withConnection } from '../client/connection.ts';
import { createDerivedIds } from '../input/derived-ids.ts';
import { inBatches, parseEventLines, splitLines } from '../input/event-lines.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { withNotes } from '../process/help.ts';
import { wholeNumber } from '../process/option-values.ts';
import { startProgress } from '../process/progress.ts';
import { sendEvents } from '../client/send-events.ts';
import { summaryText, toSummaryBody } from '../print/send-text.ts';
import { printJson, tell } from '../process/terminal.ts';

const maxEvents = 1_000;
const maxBytes = 3_900_000;

interface SendOptions extends ConnectionOptions {
  readonly startLine: number;
  readonly parallel: number;
  readonly retryFor: number;
}

interface Input {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** undefined: the size is unknown. */
  readonly bytes: number | undefined;
  /** Name of the file, for the commands in messages. */
  readonly name: string;
}

const openInput = async (file: string | undefined): Promise<Input> => {
  if (file === undefined || file === '-') {
    if (process.stdin.isTTY) tell('Reading events from the terminal, one JSON object per line; Ctrl-D ends them.');
    return { chunks: process.stdin, bytes: undefined, name: 'FILE' };
  }
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) throw new CliFailure(`${file} is a folder.`, exitCode.usage);
    // Opened here, so that an unreadable file is reported before anything is sent.
    const handle = await open(file);
    return {
      chunks: handle.createReadStream({ highWaterMark: 1024 * 1024 }),
      bytes: stats.isFile() ? stats.size : undefined,
      name: file,
    };
  } catch (error) {
    if (error instanceof CliFailure) throw error;
    throw new CliFailure(`Cannot read ${file}${codeText(error)}.`, exitCode.usage);
  }
};

const codes: Readonly<Record<string, string>> = { ENOENT: 'no such file', EACCES: 'permission denied' };
const codeText = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '' ? '' : `: ${codes[code] ?? code}`;
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
  const { startLine } = options;
  const lines = parseEventLines(splitLines(counted(), input.name, startLine), createDerivedIds(), startLine);
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
  process.stdin.destroy();

  const { failures, stoppedBy } = summary;
  if (stoppedBy?.exitCode === exitCode.usage) throw stoppedBy;
  const seconds = (performance.now() - startedAt) / 1_000;
  const isInterrupted = interruption.signal.aborted;
  if (options.json) printJson(toSummaryBody(summary, seconds));
  else tell(summaryText(summary, seconds, isInterrupted));
  if (isInterrupted) process.exitCode = exitCode.interrupted;
  else if (failures.length > 0 || stoppedBy) process.exitCode = exitCode.failure;
};

export const addSendCommand = (program: Command): void => {
  withNotes(
    withConnection(program.command('send'))
      .description('send events: one JSON object per line, from a file or stdin')
      .argument('[file]', 'NDJSON file (default: stdin)')
      .option('--start-line <n>', 'skip the lines before this one', wholeNumber, 1)
      .option('--parallel <n>', 'requests at a time', wholeNumber, 4)
      .option('--retry-for <seconds>', 'how long to wait for an unreachable or busy deployment', wholeNumber, 300),
    [
      'Each event_id counts once, so sending a file again is safe. A line without an event_id gets one derived from its content and the number of equal lines before it in the input: the same file counts once, whatever its name or folder, and through any pipe.',
      'Two equal lines of one input are two events. Equal lines of two inputs are one event: if they should count separately, as may be the case without timestamps, add an event_id.',
    ],
    [
      'tollgate send usage.ndjson',
      ['zcat usage.ndjson.gz', '| tollgate send --url https://abc.execute-api.eu-west-1.amazonaws.com/prod'],
      [`echo '{"event_name":"api_call","external_customer_id":"acme"}'`, '| tollgate send'],
    ],
  ).action((file: string | undefined, options: SendOptions) => send(file, options));
};

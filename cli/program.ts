// The commands of `tollgate` and how each run ends: 0 done, 1 could not, 2 used wrongly.
import { Command, CommanderError } from 'commander';
import { addChargesCommand } from './charges.ts';
import { addClaimsCommands } from './claims.ts';
import { addDeadLetterCommands } from './dlq.ts';
import { addEventsCommands } from './events.ts';
import { CliFailure, exitCode } from './failure.ts';
import { addKeysCommands } from './keys.ts';
import { addSendCommand } from './send.ts';
import { addStartCommand } from './start.ts';
import { addUsageCommand } from './usage.ts';

/** Every command, and every command below it, throws instead of ending the process, and shows a hint after a usage error. */
const settle = (command: Command): void => {
  command.exitOverride().showHelpAfterError('(add --help for more)');
  for (const child of command.commands) settle(child);
};

const createProgram = (): Command => {
  const program = new Command('tollgate').description(
    'Exact, explained usage metering: run it, send events, see why each was billed or not.',
  );
  addStartCommand(program);
  addSendCommand(program);
  addEventsCommands(program);
  addUsageCommand(program);
  addChargesCommand(program);
  addKeysCommands(program);
  addDeadLetterCommands(program);
  addClaimsCommands(program);
  settle(program);
  return program;
};

const exitCodeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (!(error instanceof CliFailure)) throw error;
  console.error(error.message);
  return error.exitCode;
};

/** Sets the exit code of the process; `argv` as in `process.argv`. */
export const runProgram = async (argv: readonly string[]): Promise<void> => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCode.ok);
  });
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
};

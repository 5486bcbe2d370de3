// Assembles the commands of `tollgate` and decides how each run ends.
import { Command, CommanderError } from 'commander';
import { addChargesCommand } from './commands/charges.ts';
import { addClaimsCommands } from './commands/claims.ts';
import { addDeadLetterCommands } from './commands/dlq.ts';
import { addEventsCommands } from './commands/events.ts';
import packageJson from '../package.json' with { type: 'json' };
import { CliFailure, exitCode, exitCodeMeanings } from './process/failure.ts';
import { withNotes } from './process/help.ts';
import { addKeysCommands } from './commands/keys.ts';
import { addSendCommand } from './commands/send.ts';
import { addStartCommand } from './commands/start.ts';
import { tell } from './process/terminal.ts';
import { addUsageCommand } from './commands/usage.ts';
import { addWhoAmICommand } from './commands/whoami.ts';

/** Makes a command and its subcommands throw instead of ending the process, and show a hint after a usage error. */
const configure = (command: Command): void => {
  command
    .exitOverride()
    .showHelpAfterError('(add --help for more)')
    .configureOutput({
      outputError: (text) => {
        tell(text.trimEnd());
      },
    });
  for (const child of command.commands) configure(child);
};

const codes: Readonly<Record<string, number>> = exitCode;

/** @internal */
export const createProgram = (): Command => {
  const program = withNotes(
    new Command('tollgate')
      .description('Exact, explained usage metering: run it, send events, see why each was billed or not.')
      .version(packageJson.version, '-V, --version', 'print the version'),
    [
      'Results go to stdout, everything else to stderr. With --json, a command about one thing prints one object on one line, and a command that lists things prints one object per line (NDJSON). Text is as wide as the terminal, or as COLUMNS says; 80 columns when piped.',
      `Exit codes:\n${Object.entries(exitCodeMeanings)
        .map(([name, meaning]) => `  ${String(codes[name] ?? '').padEnd(5)}${meaning}`)
        .join('\n')}`,
    ],
    ['tollgate start', 'tollgate events get --help'],
  );
  addStartCommand(program);
  addSendCommand(program);
  addEventsCommands(program);
  addUsageCommand(program);
  addChargesCommand(program);
  addWhoAmICommand(program);
  addKeysCommands(program);
  addDeadLetterCommands(program);
  addClaimsCommands(program);
  configure(program);
  return program;
};

const exitCodeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (!(error instanceof CliFailure)) throw error;
  tell(error.message);
  return error.exitCode;
};

/** Runs a command and sets the exit code of the process; `argv` as in `process.argv`. */
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

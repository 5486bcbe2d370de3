// Fits help into the terminal: commander wraps its own part, and this file wraps the notes and examples below it.
import { type Command } from 'commander';
import { commandMark, wrapped } from './text-width.ts';

const usualColumns = 80;

/** Adds paragraphs below the options, then examples as typed; in a list of strings, each further line continues the command. */
export const withNotes = (
  command: Command,
  notes: readonly string[],
  examples: readonly (string | readonly string[])[],
): Command => {
  const columns = Math.min(process.stdout.columns || usualColumns, usualColumns);
  const paragraphs = notes.map((note) => `\n${wrapped(note, columns, 'between words')}`);
  const shown = examples.map((example) => `${commandMark}${[example].flat().join(' \\\n      ')}`);
  return command.addHelpText(
    'after',
    [...paragraphs, `\n${examples.length === 1 ? 'Example' : 'Examples'}:`, ...shown].join('\n'),
  );
};

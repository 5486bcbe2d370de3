// Help that fits a terminal: commander wraps its own part, and this the prose and the examples below it.
import { type Command } from 'commander';
import { commandMark, wrapped } from './text-width.ts';

const usualColumns = 80;

/** Paragraphs below the options, then examples as they are typed; in a list of strings a further line goes on with the one before. */
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

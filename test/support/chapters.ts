// The chapters of the maintainers' book, and the blocks in them that show values.
import { join } from 'node:path';

const docs = join(import.meta.dirname, '..', '..', 'docs');

export const billsPage = join(docs, 'bills.md');

/** Absolute paths. */
export const chapters: readonly string[] = [
  ...['one-event', 'one-question', 'one-invoice'].map((name) => join(docs, `${name}.md`)),
  billsPage,
];

/** The text of a chapter with the values in its blocks: below `<!-- value: NAME -->`. Throws for a name that is not known. */
export const withValues = (chapter: string, values: ReadonlyMap<string, string>): string =>
  chapter.replace(
    /(<!-- value: (.*?) -->\n+```\w*\n).*?(\n```)/gs,
    (_, before: string, name: string, after: string) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`there is no value ${name}`);
      return before + value + after;
    },
  );

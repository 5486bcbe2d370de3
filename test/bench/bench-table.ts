// Tables as Markdown.
export interface BenchTable {
  readonly title: string;
  /** The first column is of text, the others of numbers. */
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export const printLine = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

export const printTable = ({ title, heads, rows }: BenchTable): void => {
  printLine(['##', title].join(' '));
  printLine();
  printLine(`| ${heads.join(' | ')} |`);
  printLine(`| ${heads.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`);
  for (const row of rows) printLine(`| ${row.join(' | ')} |`);
  printLine();
};

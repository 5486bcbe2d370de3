// Tables as CSV, safe to open in a spreadsheet.

/**
 * Returns a cell: quoted where CSV needs it. A text that a spreadsheet would run as a formula gets a quote sign before it; a plain
 * number does not, also a negative one.
 *
 * @internal
 */
export const csvCell = (text: string): string => {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return isFormula || /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Returns rows of texts as CSV. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  [...rows.map((row) => row.map(csvCell).join(',')), ''].join('\r\n');

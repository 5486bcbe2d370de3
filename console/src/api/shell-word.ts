// Quotes a text so that it can be pasted into a shell as one word.

/** Quotes a text if a POSIX shell would not read it as one literal word. */
export const shellWord = (text: string): string =>
  /^[\w%+,./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

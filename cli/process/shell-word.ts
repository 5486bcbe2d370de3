// A text as one word of a command that is to be copied into a shell.

/** Quoted where a POSIX shell would read it otherwise. */
export const shellWord = (text: string): string =>
  /^[\w%+,./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

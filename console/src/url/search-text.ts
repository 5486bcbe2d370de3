// Reads and writes the query of the URL as plain texts. The router's own parser would turn `?q=123` into a number.

export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

/** Leaves out what is undefined or "", so that a default does not show in the URL. */
export const stringifySearch = (search: Readonly<Record<string, unknown>>): string => {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(search))
    if (typeof value === 'string' && value !== '') texts[name] = value;
  const text = new URLSearchParams(texts).toString();
  return text === '' ? '' : `?${text}`;
};

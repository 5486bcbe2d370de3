// Reads and writes JSON in the storage of the browser, which may be full, forbidden, or hold what another version wrote.
import * as v from 'valibot';

export const readStored = <S extends v.GenericSchema>(
  storage: Storage,
  name: string,
  schema: S,
): v.InferOutput<S> | undefined => {
  try {
    const text = storage.getItem(name);
    if (text === null) return undefined;
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
};

/** Writes a value; undefined removes it. Without storage the value lives as long as the page. */
export const writeStored = (storage: Storage, name: string, value: unknown): void => {
  try {
    if (value === undefined) storage.removeItem(name);
    else storage.setItem(name, JSON.stringify(value));
  } catch {
    return;
  }
};

// Parses answers by a schema: an answer that does not fit, from whatever is at that address, is reported as a sentence.
import * as v from 'valibot';
import { CliFailure } from '../process/failure.ts';

/** Parses an answer; `about` names it in the message, such as `usage`. Throws CliFailure. */
export const readAs = <S extends v.GenericSchema>(schema: S, answer: unknown, about: string): v.InferOutput<S> => {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new CliFailure(
    `The answer does not describe ${about}: does --url point to a Tollgate deployment of this version?`,
  );
};

const page = 1_000;

/** Reads all pages of a catalog list. `path` includes a query; `item` may be a loose schema. Throws CliFailure. */
export const readList = async <S extends v.GenericSchema>(
  get: (path: string) => Promise<unknown>,
  path: string,
  item: S,
  about: string,
): Promise<v.InferOutput<S>[]> => {
  const schema = v.object({ items: v.array(item), pagination: v.object({ total: v.number() }) });
  const items: v.InferOutput<S>[] = [];
  for (;;) {
    const answer = readAs(schema, await get(`${path}&limit=${String(page)}&offset=${String(items.length)}`), about);
    items.push(...answer.items);
    if (answer.items.length === 0 || items.length >= answer.pagination.total) return items;
  }
};

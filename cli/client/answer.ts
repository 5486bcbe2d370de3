// What the API answers, read by a schema: whatever it is at that address, a wrong answer is a sentence.
import * as v from 'valibot';
import { CliFailure } from '../process/failure.ts';

/** `about`: `usage`. Throws CliFailure. */
export const readAs = <S extends v.GenericSchema>(schema: S, answer: unknown, about: string): v.InferOutput<S> => {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new CliFailure(`The answer is not one about ${about}: is --url that of Tollgate, and of this version?`);
};

const page = 1_000;

/** Everything in a list of the catalog. `path` has a query; `item` may leave the rest of an item in it. Throws CliFailure. */
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

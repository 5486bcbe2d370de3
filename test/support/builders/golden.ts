// Reads golden vectors: what one operation must answer, by id.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parseInstant } from '../../../shared/domain/time/instant.ts';

const folder = new URL('../../fixtures/golden/', import.meta.url);
const Vector = v.object({ id: v.string(), op: v.string(), input: v.unknown(), expected: v.unknown() });

/** The vectors of one operation in a golden file; an Error when there are none. */
export const readVectors = <Input, Expected>(
  file: string,
  op: string,
  input: v.GenericSchema<unknown, Input>,
  expected: v.GenericSchema<unknown, Expected>,
): { id: string; input: Input; expected: Expected }[] => {
  const all = v.parse(v.array(Vector), JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
  const vectors = all.filter((vector) => vector.op === op);
  if (vectors.length === 0) throw new Error(`no vectors of ${op} in ${file}`);
  return vectors.map((vector) => ({
    id: vector.id,
    input: v.parse(input, vector.input),
    expected: v.parse(expected, vector.expected),
  }));
};

/** UTC milliseconds of an instant that is known to be one. */
export const instant = (text: string): number => {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new Error(`no instant: ${text}`);
  return parsed;
};

/** An instant of a golden file, as UTC milliseconds. */
export const Instant = v.pipe(v.string(), v.transform(instant));

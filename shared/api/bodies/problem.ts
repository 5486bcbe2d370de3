// The body of every error.
import * as v from 'valibot';
import { type ProblemBody, type ProblemCode, problemStatus } from '../http/problem.ts';

const isCode = (text: string): text is ProblemCode => Object.hasOwn(problemStatus, text);

export const ProblemBodySchema = v.object({
  code: v.pipe(v.picklist(Object.keys(problemStatus).filter(isCode)), v.description('What went wrong, for programs.')),
  message: v.pipe(
    v.string(),
    v.description('What went wrong, for people. The text may change. For a 400 it ends with the first `details`.'),
  ),
  http_status_code: v.picklist([...new Set(Object.values(problemStatus))]),
  details: v.exactOptional(
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.description('For a `validation_error`: the broken rule by JSON path (`events[3].event_name`).'),
    ),
  ),
}) satisfies v.GenericSchema<unknown, ProblemBody>;

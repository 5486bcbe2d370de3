// Bodies of warnings about the terms that a request has made.
import * as v from 'valibot';
import { termWarningCodes } from '../../domain/subscriptions/term-warnings.ts';
import type { BodyOf } from './body.ts';

const TermWarningBodySchema = v.object({
  code: v.picklist(termWarningCodes),
  subject: v.pipe(
    v.string(),
    v.description('The id of the line item, the other subscription or the meter that it is about.'),
  ),
  message: v.string(),
});
export type TermWarningBody = BodyOf<typeof TermWarningBodySchema>;

export const termWarningEntries = {
  warnings: v.exactOptional(
    v.pipe(
      v.array(TermWarningBodySchema),
      v.description('In the answer to the request that makes them: terms that may not bill what they seem to.'),
    ),
  ),
};

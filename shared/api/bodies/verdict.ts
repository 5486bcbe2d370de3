// Body of a verdict: whether the catalog of now bills an event, beside what was decided when the event came.
import * as v from 'valibot';
import { eventStatuses, failurePoints } from '../../domain/matching/decision.ts';
import { quantityNoteCodes, warningCodes } from '../../domain/matching/warnings.ts';
import { type BodyOf, decimalText, instantText, wholeNumber } from './body.ts';

export const WarningBodySchema = v.object({
  code: v.picklist([...warningCodes, ...quantityNoteCodes]),
  subject: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('The meter that a quantity warning is about, the similar stored name, or the unknown field.'),
    ),
  ),
  message: v.string(),
});
export type WarningBody = BodyOf<typeof WarningBodySchema>;

const outcome = {
  status: v.picklist(eventStatuses),
  failure_point_type: v.exactOptional(
    v.pipe(v.picklist(failurePoints), v.description('The step that found nothing; present if `failed`.')),
  ),
};

export const VerdictBodySchema = v.object({
  ...outcome,
  warnings: v.pipe(v.array(WarningBodySchema), v.description('Those of the lookup, but `numeric_string`.')),
  customer: v.exactOptional(
    v.pipe(
      v.object({ id: v.string(), name: v.string() }),
      v.description('The customer found; left out if there is none.'),
    ),
  ),
  quantity: v.exactOptional(
    v.pipe(
      v.object({
        meter_id: v.string(),
        value: v.pipe(decimalText, v.description('"0" if the meter leaves the event out.')),
      }),
      v.description('What the first meter that bills the event counts; if none bills it, the first that matches.'),
    ),
  ),
  received_at: v.pipe(instantText, v.description('When ingest received the event: the same as `ingested_at`.')),
  arrival: v.pipe(
    v.object({ ...outcome, decided_at: instantText, catalog_version: wholeNumber }),
    v.description('What the processor decided when the event came.'),
  ),
  has_changed: v.pipe(
    v.boolean(),
    v.description('Whether the catalog of now decides otherwise: whether the lookup has `changed_since`.'),
  ),
});
export type VerdictBody = BodyOf<typeof VerdictBodySchema>;

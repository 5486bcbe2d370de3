// Body of the explanation of one event.
import * as v from 'valibot';
import { usageResetPeriods } from '../../domain/catalog/entitlement.ts';
import { failurePoints } from '../../domain/matching/decision.ts';
import { type BodyOf, decimalText, EntityBodySchema, instantText, wholeNumber } from './body.ts';
import { MeterBodySchema, PriceBodySchema } from './catalog.ts';
import { CustomerBodySchema } from './customers.ts';
import { EventBodySchema } from './events.ts';
import { ProblemBodySchema } from './problem.ts';
import { LineItemBodySchema } from './subscriptions.ts';
import { WarningBodySchema } from './verdict.ts';

export const ProcessedEventBodySchema = v.object({
  customer_id: v.string(),
  subscription_id: v.string(),
  sub_line_item_id: v.string(),
  price_id: v.string(),
  meter_id: v.string(),
  feature_id: v.pipe(v.string(), v.description('Empty if no feature refers to the meter.')),
  qty_total: v.pipe(decimalText, v.description('"0" if the meter leaves the event out.')),
  processed_at: instantText,
  period_start: v.exactOptional(
    v.pipe(instantText, v.description('Start of the billing period of the subscription that the event belongs to.')),
  ),
  period_end: v.exactOptional(v.pipe(instantText, v.description('Exclusive.'))),
  is_trial: v.exactOptional(
    v.pipe(v.boolean(), v.description('Whether the event is in a trial, in which nothing is charged.')),
  ),
  line_version: v.exactOptional(
    v.pipe(
      v.object({ number: wholeNumber, of: wholeNumber, start: instantText, end: instantText }),
      v.description('Which of the versions of its line, in this period, bills the event: the first is 1.'),
    ),
  ),
  allowance: v.exactOptional(
    v.pipe(
      v.object({
        feature_id: v.string(),
        usage_limit: v.nullable(v.number()),
        usage_reset_period: v.picklist(usageResetPeriods),
        window_start: instantText,
        window_end: v.exactOptional(v.pipe(instantText, v.description('Exclusive; left out: it never ends.'))),
      }),
      v.description('The allowance of the meter, with its window that the event falls into.'),
    ),
  ),
});
export type ProcessedEventBody = BodyOf<typeof ProcessedEventBodySchema>;

export const DecisionBodySchema = v.object({
  status: v.picklist(['processed', 'failed']),
  failure_point_type: v.exactOptional(v.picklist(failurePoints)),
  customer_id: v.string(),
  meter_ids: v.array(v.string()),
  price_ids: v.array(v.string()),
  sub_line_item_ids: v.array(v.string()),
  more: v.exactOptional(
    v.pipe(
      v.object({ meter_ids: wholeNumber, price_ids: wholeNumber, sub_line_item_ids: wholeNumber }),
      v.description('How many more there were than are listed.'),
    ),
  ),
  warnings: v.array(WarningBodySchema),
  catalog_version: wholeNumber,
  decided_at: instantText,
});
export type DecisionBody = BodyOf<typeof DecisionBodySchema>;

const changedValue = v.union([v.string(), v.array(v.string())]);
export const ChangeBodySchema = v.object({ field: v.string(), from: changedValue, to: changedValue });
export type ChangeBody = BodyOf<typeof ChangeBodySchema>;

export const ConflictBodySchema = v.object({
  received_at: instantText,
  fields: v.pipe(v.array(v.string()), v.description('The fields that differ from the event that counts.')),
});

const status = v.picklist(['unprocessed', 'found', 'not_found']);

const MatchedLineItemBodySchema = v.object({
  sub_line_item_id: v.string(),
  subscription_id: v.string(),
  price_id: v.string(),
  start_date: instantText,
  end_date: instantText,
  is_active_for_event: v.boolean(),
  timestamp_within_range: v.boolean(),
  subscription_line_item: LineItemBodySchema,
});

export const DebugTrackerBodySchema = v.object({
  customer_lookup: v.object({
    status,
    customer: v.exactOptional(CustomerBodySchema),
    error: v.exactOptional(ProblemBodySchema),
  }),
  meter_matching: v.object({
    status,
    matched_meters: v.exactOptional(
      v.array(
        v.object({
          meter_id: v.string(),
          event_name: v.string(),
          meter: v.object({ ...MeterBodySchema.entries, ...EntityBodySchema.entries }),
        }),
      ),
    ),
  }),
  price_lookup: v.object({
    status,
    matched_prices: v.exactOptional(
      v.array(v.object({ price_id: v.string(), meter_id: v.string(), status: v.string(), price: PriceBodySchema })),
    ),
  }),
  subscription_line_item_lookup: v.object({
    status,
    matched_line_items: v.exactOptional(v.array(MatchedLineItemBodySchema)),
    error: v.exactOptional(ProblemBodySchema),
  }),
  failure_point: v.nullable(v.object({ failure_point_type: v.picklist(failurePoints), error: ProblemBodySchema })),
});
export type DebugTrackerBody = BodyOf<typeof DebugTrackerBodySchema>;

export const EventLookupBodySchema = v.object({
  event: EventBodySchema,
  events: v.pipe(
    v.array(EventBodySchema),
    v.minLength(1),
    v.maxLength(1),
    v.description('The same event again: an id has only one event here.'),
  ),
  status: v.pipe(
    v.picklist(['processed', 'processing', 'failed']),
    v.description('`processing`: accepted but not stored yet.'),
  ),
  processed_events: v.exactOptional(
    v.pipe(v.array(ProcessedEventBodySchema), v.description('One per meter and line item.')),
  ),
  debug_tracker: v.exactOptional(
    v.pipe(DebugTrackerBodySchema, v.description('The steps, up to the one that found nothing.')),
  ),
  warnings: v.exactOptional(v.array(WarningBodySchema)),
  decision: v.exactOptional(
    v.pipe(DecisionBodySchema, v.description('What the processor found when the event was received.')),
  ),
  changed_since: v.exactOptional(
    v.pipe(v.array(ChangeBodySchema), v.description('How the current answer differs from the decision.')),
  ),
  conflicts: v.exactOptional(
    v.pipe(v.array(ConflictBodySchema), v.description('Events with the same id and other content; this one counts.')),
  ),
  more_conflicts: v.exactOptional(
    v.pipe(v.boolean(), v.description('Whether there were more conflicts than are kept.')),
  ),
});
export type EventLookupBody = BodyOf<typeof EventLookupBodySchema>;

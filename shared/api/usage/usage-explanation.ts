// Parses the request of `POST /v1/events/usage/explain`: the body of a usage query, which of its events, and which page.
import * as v from 'valibot';
import { type Outcome, type OutcomeReason, outcomeReasons, outcomes } from '../../domain/aggregations/measurement.ts';
import type { EventPosition } from '../../domain/events/event-order.ts';
import { parseListKey } from '../events/event-lists.ts';
import { type BrokenRule, fieldRules } from '../http/field-rules.ts';
import { closedObject } from '../http/known-fields.ts';
import { parseBody } from '../http/parse-request.ts';
import { arraySchema, metadataSchema, saysNothing, textSchema, wholeNumberSchema } from '../http/primitives.ts';
import {
  type MeterUsageRequest,
  MeterUsageSchema,
  parseMeterUsage,
  parseUsage,
  type UsageRequest,
  UsageSchema,
} from './usage.ts';

/** Choice of the events of an explanation: OR within a field, where an empty one means any, AND between fields. */
export interface ExplanationFilter {
  readonly outcomes: ReadonlySet<Outcome>;
  readonly reasons: ReadonlySet<OutcomeReason>;
  /** Texts by what the usage is grouped by: all of them must be those of the event. */
  readonly group: Readonly<Record<string, string>>;
}

/** A page of an explanation. */
export interface UsageExplanationRequest {
  readonly usage:
    | { readonly kind: 'aggregate'; readonly request: UsageRequest }
    | { readonly kind: 'meter'; readonly request: MeterUsageRequest };
  readonly pageSize: number;
  readonly asked: ExplanationFilter;
  /** Only events older than this. */
  readonly before?: EventPosition;
  /** UTC milliseconds; set if the clock determines the end of the range, which a cursor must keep. */
  readonly asOf?: number;
}

const defaultPageSize = 50;
const maxPageSize = 1_000;

/** Fields that would contradict the meter. */
const namesBesideMeter = Object.keys(UsageSchema.entries).filter(
  (name) => !Object.hasOwn(MeterUsageSchema.entries, name),
);

/** Body of `POST /v1/events/usage/explain`: that of either usage query, which of its events, and which page. */
export const UsageExplanationSchema = v.pipe(
  closedObject({
    ...UsageSchema.entries,
    event_name: v.nullish(UsageSchema.entries.event_name),
    aggregation_type: v.nullish(UsageSchema.entries.aggregation_type),
    meter_id: v.nullish(textSchema(512), ''),
    status: v.nullish(arraySchema(v.picklist(outcomes), 0, 100), []),
    reasons: v.nullish(arraySchema(v.picklist(outcomeReasons), 0, 100), []),
    group: v.nullish(metadataSchema, {}),
    page_size: v.nullish(wholeNumberSchema(1, maxPageSize), defaultPageSize),
    iter_last_key: v.nullish(v.string(), ''),
  }),
  fieldRules((sent) => {
    const said = new Map(Object.entries(sent));
    return sent.meter_id === ''
      ? []
      : namesBesideMeter.flatMap((name): BrokenRule[] =>
          saysNothing(said.get(name)) ? [] : [[name, 'not together with meter_id']],
        );
  }),
);

export const parseUsageExplanation = (body: string, now: number): UsageExplanationRequest => {
  const sent = parseBody(UsageExplanationSchema, body);
  const before = parseListKey('iter_last_key', sent.iter_last_key);
  const isMeter = sent.meter_id !== '';
  const asOf = before?.asOf ?? now;
  return {
    usage: isMeter
      ? { kind: 'meter', request: parseMeterUsage(body, asOf, v.object(MeterUsageSchema.entries)) }
      : { kind: 'aggregate', request: parseUsage(body, asOf, v.object(UsageSchema.entries)) },
    pageSize: sent.page_size,
    asked: { outcomes: new Set(sent.status), reasons: new Set(sent.reasons), group: sent.group },
    ...(before && { before }),
    ...(sent.end_time === undefined && { asOf }),
  };
};

// Names the bodies that the API answers in its description.
import * as v from 'valibot';
import { ApiKeyBodySchema, CreatedApiKeyBodySchema } from '../bodies/api-keys.ts';
import { AnalyticsBodySchema } from '../bodies/analytics.ts';
import { listBodySchema, MessageBodySchema, PaginationBodySchema } from '../bodies/body.ts';
import {
  EntitlementBodySchema,
  FeatureBodySchema,
  MeterBodySchema,
  PlanBodySchema,
  PlanDetailsBodySchema,
  PriceBodySchema,
  PricesBodySchema,
} from '../bodies/catalog.ts';
import { CustomerBodySchema } from '../bodies/customers.ts';
import { EventFailuresBodySchema } from '../bodies/event-failures.ts';
import { EventNamesBodySchema } from '../bodies/event-names.ts';
import {
  ChangeBodySchema,
  ConflictBodySchema,
  DebugTrackerBodySchema,
  DecisionBodySchema,
  EventLookupBodySchema,
  ProcessedEventBodySchema,
} from '../bodies/event-lookup.ts';
import {
  EventAcceptedBodySchema,
  EventBodySchema,
  EventListBodySchema,
  EventsAcceptedBodySchema,
  MonitoringBodySchema,
} from '../bodies/events.ts';
import { LiveBodySchema } from '../bodies/live-events.ts';
import { ProblemBodySchema } from '../bodies/problem.ts';
import { TimeBucketBodySchema } from '../bodies/commitments.ts';
import { CancellationBodySchema, LineItemBodySchema, SubscriptionDetailsBodySchema } from '../bodies/subscriptions.ts';
import { WhoAmIBodySchema } from '../bodies/whoami.ts';
import { UsageBodySchema, UsageExplanationBodySchema } from '../bodies/usage.ts';
import { VerdictBodySchema, WarningBodySchema } from '../bodies/verdict.ts';
import { priceUnitAnswers } from './price-unit-components.ts';
import type { Component } from './values.ts';

export const answers = {
  ...priceUnitAnswers,
  Problem: { schema: ProblemBodySchema, description: 'The body of every error.' },
  Message: { schema: MessageBodySchema },
  Pagination: { schema: PaginationBodySchema },

  EventAccepted: { schema: EventAcceptedBodySchema },
  EventsAccepted: { schema: EventsAcceptedBodySchema },
  StoredEvent: { schema: EventBodySchema },
  Verdict: { schema: VerdictBodySchema },
  EventList: { schema: EventListBodySchema },
  LiveEvents: { schema: LiveBodySchema },
  Monitoring: { schema: MonitoringBodySchema },
  EventFailures: { schema: EventFailuresBodySchema },
  EventNames: { schema: EventNamesBodySchema },
  ProcessedEvent: { schema: ProcessedEventBodySchema },
  Warning: { schema: WarningBodySchema },
  Decision: { schema: DecisionBodySchema },
  Change: { schema: ChangeBodySchema },
  Conflict: { schema: ConflictBodySchema },
  DebugTracker: { schema: DebugTrackerBodySchema },
  EventLookup: { schema: EventLookupBodySchema },

  Usage: { schema: UsageBodySchema },
  Analytics: { schema: AnalyticsBodySchema },
  UsageExplanation: { schema: UsageExplanationBodySchema },

  Meter: { schema: MeterBodySchema },
  MeterList: { schema: listBodySchema(MeterBodySchema) },
  Feature: { schema: FeatureBodySchema },
  FeatureList: { schema: listBodySchema(FeatureBodySchema) },
  Customer: { schema: CustomerBodySchema },
  CustomerList: { schema: listBodySchema(CustomerBodySchema) },
  Plan: { schema: PlanBodySchema },
  PlanDetails: { schema: PlanDetailsBodySchema, description: 'Prices include those that have ended.' },
  PlanList: { schema: listBodySchema(PlanDetailsBodySchema) },
  Entitlement: { schema: EntitlementBodySchema },
  Price: { schema: PriceBodySchema },
  Prices: { schema: PricesBodySchema },
  PriceList: { schema: listBodySchema(PriceBodySchema) },
  TimeBucket: { schema: TimeBucketBodySchema },
  LineItem: { schema: LineItemBodySchema },
  LineItemList: { schema: listBodySchema(LineItemBodySchema) },
  Subscription: { schema: SubscriptionDetailsBodySchema, description: 'The state as of now.' },
  SubscriptionList: { schema: listBodySchema(SubscriptionDetailsBodySchema) },
  Cancellation: { schema: CancellationBodySchema },
  ApiKey: { schema: ApiKeyBodySchema },
  ApiKeyList: { schema: listBodySchema(ApiKeyBodySchema) },
  CreatedApiKey: { schema: CreatedApiKeyBodySchema },
  WhoAmI: { schema: WhoAmIBodySchema },
  OpenApi: { schema: v.objectWithRest({ openapi: v.string() }, v.unknown()), description: 'This document.' },
} satisfies Record<string, Component>;

// Names parts of bodies in the description: those used in several bodies, and those that generators would otherwise name twice
// after their location.
import { AnalyticsBodySchema } from '../bodies/analytics.ts';
import { FeatureBodySchema, MeterBodySchema } from '../bodies/catalog.ts';
import { CustomerUsageBodySchema } from '../bodies/charges.ts';
import { AggregatedFeatureSchema, EntitlementSourceSchema } from '../bodies/entitlements.ts';
import { CommitmentInfoSchema, ExplanationSchema, InvoicePreviewBodySchema } from '../bodies/invoices.ts';
import { TierBodySchema } from '../bodies/price-units.ts';
import { coverageEntries } from '../bodies/usage.ts';
import type { Component } from './values.ts';

export const parts = {
  MeterFilter: { schema: MeterBodySchema.entries.filters.item },
  ReportingUnit: { schema: FeatureBodySchema.entries.reporting_unit.wrapped },
  PriceTier: { schema: TierBodySchema },
  EntitlementSource: { schema: EntitlementSourceSchema },
  GrantedFeature: { schema: AggregatedFeatureSchema },
  FeatureUsage: { schema: CustomerUsageBodySchema.entries.features.pipe[0].item },

  CountedAsZero: { schema: coverageEntries.counted_as_zero.pipe[0] },
  Excluded: { schema: coverageEntries.excluded.pipe[0] },
  InFlight: { schema: coverageEntries.in_flight.pipe[0] },
  CommitmentInfo: { schema: CommitmentInfoSchema },
  AnalyticsItem: { schema: AnalyticsBodySchema.entries.items.pipe[0].item },
  InvoiceLine: { schema: InvoicePreviewBodySchema.entries.line_items.item },
  InvoiceLineExplanation: { schema: ExplanationSchema },
} satisfies Record<string, Component>;

// Feature: something that a plan grants or charges for. A metered feature names the meter that counts it.
import type { Entity, Metadata } from '../entity.ts';

export const featureTypes = ['metered', 'boolean', 'static', 'config'] as const;
export type FeatureType = (typeof featureTypes)[number];

export interface ReportingUnit {
  readonly unitSingular: string;
  readonly unitPlural: string;
  /** Exact decimal, > 0; the shown usage is the usage ÷ this. */
  readonly conversionRate: string;
}

export interface Feature extends Entity {
  readonly name: string;
  readonly lookupKey: string;
  readonly description: string;
  readonly type: FeatureType;
  readonly meterId?: string;
  readonly metadata: Metadata;
  readonly unitSingular: string;
  readonly unitPlural: string;
  readonly reportingUnit?: ReportingUnit;
  /** UTC milliseconds. */
  readonly archivedAt?: number;
}

// Plan: the prices and entitlements that a subscription starts with.
import type { Entity, Metadata } from '../entity.ts';

export interface Plan extends Entity {
  readonly name: string;
  /** "" when none; else unique among published plans. */
  readonly lookupKey: string;
  readonly description: string;
  readonly displayOrder?: number;
  readonly metadata: Metadata;
}

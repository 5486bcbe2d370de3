// Customer, found by the external id in events.
import type { Entity, Metadata } from '../entity.ts';

export interface Customer extends Entity {
  /** As sent; never changes. */
  readonly externalId: string;
  readonly name: string;
  readonly email: string;
  readonly contact: string;
  readonly addressLine1: string;
  readonly addressLine2: string;
  readonly addressCity: string;
  readonly addressState: string;
  readonly addressPostalCode: string;
  /** ISO 3166-1 alpha-2, or "". */
  readonly addressCountry: string;
  /** IANA name; UTC by default. */
  readonly timezone: string;
  readonly metadata: Metadata;
}

// Names the schemas of single values that many bodies use.
import type * as v from 'valibot';
import { amountSchema, decimalSchema, instantSchema, metadataSchema, refusedField } from '../http/primitives.ts';

/** A named schema. */
export interface Component {
  readonly schema: v.GenericSchema;
  readonly description?: string;
  /** Notes on fields, beyond what their schemas say. */
  readonly fields?: Readonly<Record<string, string>>;
}

export const values = {
  Instant: {
    schema: instantSchema,
    description:
      'An RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z; digits below the millisecond are dropped.',
  },
  Decimal: {
    schema: decimalSchema,
    description:
      'An exact decimal of at most 25 integer and 30 decimal digits. As a string or a number, exact either way.',
  },
  Amount: { schema: amountSchema, description: 'A decimal that is not negative.' },
  Metadata: { schema: metadataSchema },
  Unsupported: {
    schema: refusedField(),
    description: 'A field of the upstream API that is refused unless it is empty.',
  },
} satisfies Record<string, Component>;

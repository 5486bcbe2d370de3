// Single values that many bodies are made of, by the names they have in the description of the API.
import type * as v from 'valibot';
import { amountSchema, decimalSchema, instantSchema, metadataSchema, refusedField } from '../http/primitives.ts';

/** A schema with a name of its own. */
export interface Component {
  readonly schema: v.GenericSchema;
  readonly description?: string;
  /** What fields are, beyond what their schemas say. */
  readonly fields?: Readonly<Record<string, string>>;
}

export const values = {
  Instant: { schema: instantSchema, description: 'RFC 3339 with an offset; digits below the millisecond are cut.' },
  Decimal: {
    schema: decimalSchema,
    description:
      'An exact decimal of at most 25 integer and 30 decimal digits. A string is exact; a number is its shortest decimal.',
  },
  Amount: { schema: amountSchema, description: 'A decimal that is not negative.' },
  Metadata: { schema: metadataSchema },
  Unsupported: {
    schema: refusedField(),
    description: 'A field of the upstream API that is refused unless it says nothing.',
  },
} satisfies Record<string, Component>;

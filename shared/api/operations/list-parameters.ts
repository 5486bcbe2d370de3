// Describes the query parameters of a catalog list.
import * as v from 'valibot';
import { entityStatuses } from '../../domain/entity.ts';
import type { ListSpec } from '../entities/lists.ts';
import { instantSchema, wholeNumberSchema } from '../http/primitives.ts';
import type { Parameter } from './operation.ts';

const schemaOf = ({ fields }: ListSpec, { field, operator, kind }: ListSpec['parameters'][string]): v.GenericSchema => {
  const singles = { time: instantSchema, boolean: v.boolean(), text: v.string(), number: v.string() } as const;
  const single = singles[kind ?? fields[field] ?? 'text'];
  return operator === 'in' ? v.array(single) : single;
};

/** Returns the parameters of a list; `expandable`: the names that `expand` accepts, if any. */
export const listParameters = (spec: ListSpec, expandable = ''): Readonly<Record<string, Parameter>> => ({
  limit: { schema: v.optional(wholeNumberSchema(1, 1_000), 50) },
  offset: { schema: v.optional(wholeNumberSchema(0, 1_000_000_000), 0) },
  status: { schema: v.picklist(entityStatuses), description: `Defaults to ${spec.statuses.join(' and ')}.` },
  sort: { schema: v.optional(v.picklist([...Object.keys(spec.fields), 'created_at']), 'created_at') },
  order: { schema: v.optional(v.picklist(['asc', 'desc']), 'desc') },
  start_time: { schema: instantSchema, description: 'Bound of `created_at`, inclusive.' },
  end_time: { schema: instantSchema, description: 'Bound of `created_at`, inclusive.' },
  ...(expandable !== '' && {
    expand: { schema: v.string(), description: `What to embed, separated by commas: ${expandable}.` },
  }),
  ...Object.fromEntries(
    Object.entries(spec.parameters).map(([name, condition]) => {
      const isContained = condition.operator === 'contains';
      const description = isContained ? `A text that \`${condition.field}\` contains, ignoring case.` : undefined;
      return [name, { schema: schemaOf(spec, condition), ...(description && { description }) }];
    }),
  ),
  ...Object.fromEntries(spec.flags.map((name) => [name, { schema: v.optional(v.boolean(), false) }])),
});

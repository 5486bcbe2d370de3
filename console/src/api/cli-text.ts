// Writes a call as a command of the CLI, where there is one that asks the same.
import type { RouteId } from '../../../shared/api/http/routes.ts';
import type { Call } from './call.ts';
import { shellWord } from './shell-word.ts';

type Fields = Readonly<Record<string, unknown>>;

const words = (value: unknown): readonly string[] => {
  if (value === undefined || value === '' || value === false || value === null) return [];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
};

/** Returns the options of a command; `names` says which field of the call is which option. */
const options = (fields: Fields, names: Readonly<Record<string, string>>): string =>
  Object.entries(names)
    .flatMap(([field, option]) => words(fields[field]).map((value) => ` ${option} ${shellWord(value)}`))
    .join('');

const properties = (filters: unknown, option = '--property'): string =>
  typeof filters === 'object' && filters !== null
    ? Object.entries(filters)
        .flatMap(([key, values]) => words(values).map((value) => ` ${option} ${shellWord(`${key}=${value}`)}`))
        .join('')
    : '';

const listOptions = {
  external_customer_id: '--customer',
  event_name: '--event-name',
  source: '--source',
  start_time: '--from',
  end_time: '--to',
  status: '--status',
  failure_point_types: '--failure-point',
  warning_codes: '--warning',
  page_size: '--limit',
};
const tailOptions = { external_customer_id: '--customer', event_name: '--event-name', source: '--source' };
const failureOptions = {
  external_customer_id: '--customer',
  event_name: '--event-name',
  start_time: '--from',
  end_time: '--to',
};
const usageOptions = {
  meter_id: '--meter',
  event_name: '--event',
  external_customer_id: '--customer',
  aggregation_type: '--aggregation',
  property_name: '--property',
  multiplier: '--multiplier',
  bucket_size: '--bucket',
  start_time: '--from',
  end_time: '--to',
  window_size: '--window',
  timezone: '--timezone',
  billing_anchor: '--billing-anchor',
};
const list = (fields: Fields): string =>
  `events list${options(fields, listOptions)}${properties(fields['property_filters'])}`;
const groups = (by: unknown): string =>
  words(by)
    .map((text) => ` --group-by ${shellWord(text.replace(/^properties\./, ''))}`)
    .join('');
const usage = (fields: Fields): string =>
  `usage${options(fields, usageOptions)}${groups(fields['group_by'])}${properties(fields['filters'], '--filter')}`;
/** The command lists all events of a question, so it has no words for some of them. */
const explain = (fields: Fields): string | undefined =>
  ['status', 'reasons', 'group'].some((name) => fields[name] !== undefined)
    ? undefined
    : `${usage(fields)} --explain${options(fields, { page_size: '--limit' })}`;

const commands: Partial<Record<RouteId, (fields: Fields, call: Call) => string | undefined>> = {
  listEvents: list,
  queryEvents: list,
  followEvents: (fields) => `events tail${options(fields, tailOptions)}`,
  listEventFailures: (fields) => `events failures${options(fields, failureOptions)}`,
  lookUpEvent: (fields) => `events get ${shellWord(words(fields['id']).join(''))}`,
  getEvent: (_, call) => `events get ${shellWord(call.path?.['id'] ?? '')}`,
  queryUsage: usage,
  queryMeterUsage: usage,
  explainUsage: explain,
  previewInvoice: (fields) =>
    `charges ${shellWord(words(fields['subscription_id']).join(''))}${options(fields, { period_start: '--from', period_end: '--to' })} --explain`,
  listApiKeys: () => 'keys list',
};

/** Returns the command, or undefined where the CLI has none. */
export const cliText = (call: Call): string | undefined => {
  const command = commands[call.route];
  const text = command?.({ ...call.query, ...call.body }, call);
  return text === undefined ? undefined : `npx tollgate ${text}`;
};

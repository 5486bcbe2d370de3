// The costs as a table of Markdown for people, and as JSON.
import { decimal, formatQuantity, type Quantity } from '../../shared/domain/numbers/quantity.ts';
import type { Assumptions, CostLine, Costs } from './cost-model.ts';
import type { CostOptions } from './cost-options.ts';
import type { Sample, SampleTraffic } from './cost-sample.ts';
import type { RegionPrices } from './price-list.ts';

export interface CostReport {
  readonly options: CostOptions;
  readonly traffic: SampleTraffic;
  readonly sample: Sample;
  readonly assumptions: Assumptions;
  readonly prices: RegionPrices;
  readonly costs: Costs;
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
const fixed = (value: Quantity, places: number): string => {
  const [whole = '', fraction] = value.toFixed(places).split('.');
  return fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`;
};
const count = (value: number): string => grouped(String(value));
/** Two places below a hundred, but for whole numbers. */
const amount = (value: Quantity): string => fixed(value, value.gte(decimal('100')) || value.eq(value.round(0)) ? 0 : 2);
const dollars = (value: Quantity): string => `$${fixed(value, 2)}`;

/** The first column is text, the others are figures. */
const markdown = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const padded = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [padded(head), padded(rule), ...rows.map(padded)].join('\n');
};

const assumptionLines = ({ traffic, assumptions }: CostReport): readonly string[] => [
  'the events come evenly over a month of 30 days',
  `messages of an invocation of the processor: ${String(traffic.messagesPerInvocation)} (--per-invocation)`,
  `following events live is ${traffic.live} (--live); what reads them is not in it`,
  `events as in the workload "${traffic.workload}" (--workload), all of them billed by one meter and price`,
  `customers among the events of a request: ${count(traffic.customersPerRequest)} (--customers)`,
  `ingest runs ${count(assumptions.ingestMs)} ms at ${count(assumptions.ingestMemoryMb)} MB, the processor ${count(assumptions.processorMs)} ms at ${count(assumptions.processorMemoryMb)} MB; not measured on AWS, no cold starts (--ingest-ms, --processor-ms)`,
  `log lines of Lambda's own: ${count(assumptions.platformLogBytes)} bytes an invocation (--platform-log-bytes); of the API's access log: ${count(assumptions.accessLogBytes)} a request (--access-log-bytes)`,
  `invocations that X-Ray records: ${String(assumptions.tracedShare * 100)}% (--traced)`,
  `pollers of Lambda, each with an empty receive every 20 seconds: ${String(assumptions.pollers)} (--pollers)`,
];

const notes = [
  'No free tier is subtracted, and no discount for volume. Lookups, lists, queries and changes of the catalog are not in it.',
  'Without any traffic it costs the empty receives, alarms and dashboard (three dashboards and ten alarms are free in an account), and what is kept.',
];

const row = ({ service, what, quantity, unit, usd, per }: CostLine, events: number): readonly string[] => [
  `${service}: ${what}`,
  `${amount(quantity)} ${unit}`,
  dollars(usd),
  per === 'month' ? 'each month' : dollarsPerMillion(usd, events),
];
const dollarsPerMillion = (usd: Quantity, events: number): string =>
  `$${fixed(usd.times(decimal('1000000')).div(decimal(String(events))), 4)}`;

export const reportText = (report: CostReport): string => {
  const { options, sample, prices, costs } = report;
  const { events, perRequest, region } = options;
  const [storage, recovery] = costs.kept;
  const kept = costs.kept.reduce((sum, { usd }) => sum.plus(usd), decimal('0'));
  return [
    `${count(events)} events a month, ${count(perRequest)} per request, ${region}; prices read on ${prices.readOn}`,
    '',
    markdown(
      ['', 'a month', 'cost', 'per million events'],
      [
        ...costs.lines.map((line) => row(line, events)),
        ['total', '', dollars(costs.usdPerMonth), `$${fixed(costs.usdPerMillion, 4)}`],
      ],
    ),
    '',
    `Kept, one month's events are ${storage ? amount(storage.quantity) : '0'} GB: ${dollars(kept)} more in each month (storage ${storage ? dollars(storage.usd) : ''}, point-in-time recovery ${recovery ? dollars(recovery.usd) : ''}).`,
    '',
    `Counted: ${count(sample.requests)} requests of ${count(perRequest)} through the functions as they are. Assumed:`,
    ...assumptionLines(report).map((line) => `- ${line}`),
    '',
    ...notes,
    prices.note,
  ].join('\n');
};

const toLineBody = ({ service, what, quantity, unit, price, usd, per }: CostLine) => ({
  service,
  what,
  quantity: formatQuantity(quantity),
  unit,
  price,
  usd: formatQuantity(usd),
  per,
});

export const toReportBody = (report: CostReport) => ({
  events: report.options.events,
  per_request: report.options.perRequest,
  region: report.options.region,
  prices_read_on: report.prices.readOn,
  lines: report.costs.lines.map(toLineBody),
  usd_per_month: formatQuantity(report.costs.usdPerMonth),
  usd_per_million_events: formatQuantity(report.costs.usdPerMillion),
  kept_per_month: report.costs.kept.map(toLineBody),
  sample: report.sample,
  assumptions: assumptionLines(report),
  notes: [...notes, report.prices.note],
});

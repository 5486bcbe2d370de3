// The worked examples of docs/bills.md: the page states the terms, and the system in this process computes their bills.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { billsPage } from './chapters.ts';
import { openBilled, type Preview } from './drivers/billed.ts';
import { createClient } from './drivers/client.ts';
import { openInProcessDriver } from './drivers/driver-in-process.ts';

const Fields = v.record(v.string(), v.unknown());
const ExampleSchema = v.strictObject({
  meter: v.exactOptional(Fields),
  prices: v.array(Fields),
  allowance: v.exactOptional(Fields),
  subscription: Fields,
  /** `line`: index of the price whose line changes; the first unless told otherwise. */
  changes: v.exactOptional(v.array(v.looseObject({ line: v.exactOptional(v.number()) }))),
  /** Quantities by time. */
  events: v.exactOptional(v.record(v.string(), v.number())),
  /** Starts of the periods to bill. */
  bills: v.array(v.string()),
});
type Example = v.InferOutput<typeof ExampleSchema>;

const midnight = 'T00:00:00Z';
const toInstant = (text: string): string => (/^\d{4}-\d\d-\d\d$/.test(text) ? text + midnight : text);

/** Reads an example. A date stands for its midnight in UTC. */
const readExample = (text: string): Example => {
  const read: unknown = JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? toInstant(value) : value));
  return v.parse(ExampleSchema, read);
};

interface Row {
  readonly text: string;
  readonly amount: string;
}

type Line = Preview['line_items'][number];

const rangeText = ({ period_start: start, period_end: end }: Pick<Line, 'period_start' | 'period_end'>): string =>
  `${start} to ${end}`.replaceAll(midnight, '');

const lineRows = (line: Line): readonly Row[] => {
  const { quantity, adjusted_entitlement_quantity: free, amount, metadata, explanation } = line;
  const isOverage = metadata['is_overage'] === 'true';
  const texts = [
    rangeText(line),
    ...(line.price_type === 'FIXED' ? [line.display_name] : []),
    `quantity ${quantity}`,
    ...(free === undefined ? [] : [`${free} not billed`]),
    ...(isOverage ? ['overage'] : []),
  ];
  return [
    { text: `  ${texts.join(', ')}`, amount },
    ...explanation.steps.map((step) => ({ text: `    ${step.kind}: ${step.message}`, amount: step.amount })),
  ];
};

/** Lays rows out as text, with their amounts in a column. */
const laidOut = (rows: readonly Row[]): string => {
  const [width, amountWidth] = [
    Math.max(...rows.map(({ text }) => text.length)),
    Math.max(...rows.map(({ amount }) => amount.length)),
  ];
  return rows.map(({ text, amount }) => `${text.padEnd(width)}  ${amount.padStart(amountWidth)}`).join('\n');
};

/** Returns the bills of the examples, by the name of their blocks. */
export const writeBills = async (): Promise<ReadonlyMap<string, string>> => {
  const client = createClient(await openInProcessDriver());
  const examples = readFileSync(billsPage, 'utf8').matchAll(/<!-- example: (.*?) -->\n+```json\n(.*?)\n```/gs);
  const values = new Map<string, string>();
  for (const [, name = '', text = ''] of examples) {
    const { changes = [], events = {}, bills, ...terms } = readExample(text);
    const billed = await openBilled(client, terms);
    for (const { line, ...fields } of changes) await billed.change(fields, line);
    const usages = Object.entries(events).map(([at, n]) => [toInstant(at), n] as const);
    if (usages.length > 0) await billed.use(usages);
    const rows: Row[] = [];
    for (const start of bills) {
      const bill = await billed.preview(start);
      rows.push({ text: rangeText(bill), amount: bill.total }, ...bill.line_items.flatMap(lineRows));
    }
    values.set(`bill of ${name}`, laidOut(rows));
  }
  return values;
};

// What the product says of a case against what the oracle says: every amount to the last digit, every quantity, every range.
import * as v from 'valibot';
import { SubscriptionUsageBodySchema, CustomerUsageBodySchema } from '../../../../shared/api/bodies/charges.ts';
import { InvoicePreviewBodySchema } from '../../../../shared/api/bodies/invoices.ts';
import { worldOfCase } from '../../worlds/bill-world.ts';
import { openInvoiceWorld } from '../../worlds/invoice-world.ts';
import type { BillCase } from './bill-case.ts';
import { isInTrial, periodAt } from './billing-periods.ts';
import { type BilledLine, billOf } from './bill.ts';
import { compare, decimalText, type Fraction, fractionOf, isNothing, minus, nothing, plus, total } from './fraction.ts';
import { allowanceNow, toldUsage } from './usage-answers.ts';

type Preview = v.InferOutput<typeof InvoicePreviewBodySchema>;
type Line = Preview['line_items'][number];

const exactText = (value: Fraction): string => decimalText(value, 12);
/** Quotients on the wire have 16 decimals, and sums of them fewer that are right. */
const isClose = (a: Fraction, b: Fraction, bottom = 10n ** 9n): boolean => {
  const difference = minus(a, b);
  return (
    compare({ ...difference, top: difference.top < 0n ? -difference.top : difference.top }, { top: 1n, bottom }) < 0
  );
};

const timeText = (at: number): string => new Date(at).toISOString();
const fromWire = (text: string): number => Date.parse(text);

interface Told {
  readonly key: string;
  readonly amount: Fraction;
  readonly quantity: Fraction;
  readonly measured: Fraction | undefined;
}

const kindOfLine = (line: Line): string => {
  if (line.explanation.quantity !== undefined) return line.metadata['is_overage'] === 'true' ? 'overage' : 'usage';
  if (line.subscription_line_item_id !== undefined) return 'fixed';
  return line.metadata['is_overage'] === 'true' ? 'commitment overage' : 'true-up';
};

const keyOf = (kind: string, itemId: string, start: number, end: number): string =>
  kind === 'usage' || kind === 'overage'
    ? `${kind} of ${itemId} from ${timeText(start)} to ${timeText(end)}`
    : kind === 'fixed'
      ? `${kind} ${itemId} from ${timeText(start)}`
      : kind;

const toldLine = (line: Line): Told => {
  const kind = kindOfLine(line);
  const { quantity, adjusted_entitlement_quantity: adjusted = '0' } = line;
  const [start, end] = [fromWire(line.period_start), fromWire(line.period_end)];
  return {
    key: keyOf(kind, line.subscription_line_item_id ?? '', start, end),
    amount: fractionOf(line.amount),
    quantity: fractionOf(quantity),
    measured: kind === 'usage' || kind === 'overage' ? plus(fractionOf(quantity), fractionOf(adjusted)) : undefined,
  };
};

const knownLine = ({ kind, itemId, start, end, amount, quantity, measured }: BilledLine): Told => ({
  key: keyOf(kind, itemId, start, end),
  amount,
  quantity,
  measured,
});

const sumOf = (lines: readonly Told[] | undefined, value: (line: Told) => Fraction | undefined): Fraction =>
  total((lines ?? []).map((line) => value(line) ?? nothing));

const compareLines = (bill: BillCase, told: readonly Told[], known: readonly Told[]): readonly string[] => {
  const [toldBy, knownBy] = [Map.groupBy(told, ({ key }) => key), Map.groupBy(known, ({ key }) => key)];
  const isCumulative = known.some(({ key }) => key === 'commitment overage');
  return [...new Set([...toldBy.keys(), ...knownBy.keys()])].sort().flatMap((key): string[] => {
    const [a, b] = [toldBy.get(key), knownBy.get(key)];
    const say = (what: string, value: (line: Told) => Fraction | undefined): string =>
      `${key}: ${what} ${a ? exactText(sumOf(a, value)) : 'none'}, oracle ${b ? exactText(sumOf(b, value)) : 'none'}`;
    const amounts = [sumOf(a, ({ amount }) => amount), sumOf(b, ({ amount }) => amount)] as const;
    const isMissing = (a === undefined) !== (b === undefined);
    const quantities = [sumOf(a, ({ quantity }) => quantity), sumOf(b, ({ quantity }) => quantity)] as const;
    // Where a whole version lies on one side of a split, its other side may be left out.
    if (
      isMissing &&
      isNothing(amounts[0]) &&
      isNothing(amounts[1]) &&
      isNothing(quantities[0]) &&
      isNothing(quantities[1])
    ) {
      return bill.commitment ? [] : [say('is', ({ amount }) => amount)];
    }
    return [
      ...(compare(amounts[0], amounts[1]) === 0 ? [] : [say('amount', ({ amount }) => amount)]),
      ...(isCumulative || isClose(...quantities) ? [] : [say('quantity', ({ quantity }) => quantity)]),
    ];
  });
};

/** By item and range: everything that a line measures, whether covered or not. */
const compareMeasured = (told: readonly Told[], known: readonly Told[], isSplit: boolean): readonly string[] => {
  const base = ({ key }: Told): string => key.replace(/^(usage|overage) /, '');
  const [toldBy, knownBy] = [Map.groupBy(told, base), Map.groupBy(known, base)];
  return [...knownBy].flatMap(([key, lines]): string[] => {
    const measured = lines[0]?.measured;
    if (measured === undefined || isSplit) return [];
    const value = sumOf(toldBy.get(key), (line) => line.measured);
    return isClose(value, measured) ? [] : [`${key}: measured ${exactText(value)}, oracle ${exactText(measured)}`];
  });
};

const comparePreview = async (world: World, bill: BillCase): Promise<readonly string[]> => {
  const known = billOf(bill);
  if (known === undefined) return [];
  const { start, end } = bill.asked;
  const asked = { period_start: timeText(start), ...(end !== undefined && { period_end: timeText(end) }) };
  const body = v.parse(InvoicePreviewBodySchema, await world.preview('subs_1', asked));
  const told = body.line_items.map(toldLine);
  const lines = known.lines.map(knownLine);
  const range = [body.period_start, body.period_end].map((text) => timeText(fromWire(text))).join(' to ');
  const knownRange = [known.start, known.end].map(timeText).join(' to ');
  const isSplit = known.lines.some(({ kind }) => kind === 'overage' || kind === 'commitment overage');
  return [
    ...(range === knownRange ? [] : [`period ${range}, oracle ${knownRange}`]),
    ...compareLines(bill, told, lines),
    ...compareMeasured(told, lines, isSplit),
    ...(isClose(fractionOf(body.subtotal), known.subtotal)
      ? []
      : [`subtotal ${body.subtotal}, oracle ${exactText(known.subtotal)}`]),
  ];
};

type World = Awaited<ReturnType<typeof openInvoiceWorld>>;

/** JSON numbers have some 16 digits. */
const isAbout = (told: number, known: Fraction): boolean =>
  Math.abs(told - Number(exactText(known))) <= 1e-9 * Math.max(1, Math.abs(told));

const compareUsage = async (world: World, bill: BillCase): Promise<readonly string[]> => {
  const { start, end = periodAt(bill, start)?.end ?? start } = bill.asked;
  if (start >= end) return [];
  const known = toldUsage(bill, { start, end });
  const asked = { start_time: timeText(start), end_time: timeText(end) };
  const body = v.parse(SubscriptionUsageBodySchema, await world.usage('subs_1', asked));
  const name = (itemId: string, isOverage: boolean): string =>
    `usage told of ${itemId}${isOverage ? ' (overage)' : ''}`;
  const told = Map.groupBy(body.charges ?? [], (one) => name(one.subscription_line_item_id, one.is_overage));
  const charges = Map.groupBy(known.charges, (one) => name(one.itemId, one.isOverage));
  const differences = [...new Set([...told.keys(), ...charges.keys()])].sort().flatMap((key): string[] => {
    const [a, b] = [told.get(key) ?? [], charges.get(key) ?? []];
    const amounts = [a.reduce((sum, { amount }) => sum + amount, 0), total(b.map(({ amount }) => amount))] as const;
    const units = [
      a.reduce((sum, { quantity }) => sum + quantity, 0),
      total(b.map(({ quantity }) => quantity)),
    ] as const;
    return [
      ...(isAbout(...amounts) ? [] : [`${key}: amount ${String(amounts[0])}, oracle ${exactText(amounts[1])}`]),
      ...(isAbout(...units) ? [] : [`${key}: quantity ${String(units[0])}, oracle ${exactText(units[1])}`]),
    ];
  });
  const sums = [
    ['amount', body.amount, known.amount],
    ['commitment_utilized', body.commitment_utilized ?? 0, known.commitment?.utilized ?? nothing],
    ['overage_amount', body.overage_amount ?? 0, known.commitment?.overage ?? nothing],
  ] as const;
  return [
    ...differences,
    ...sums.flatMap(([what, a, b]) =>
      isAbout(a, b) ? [] : [`usage told: ${what} ${String(a)}, oracle ${exactText(b)}`],
    ),
  ];
};

const compareAllowances = async (world: World, bill: BillCase): Promise<readonly string[]> => {
  if (periodAt(bill, bill.now) === undefined || isInTrial(bill, bill.now)) return [];
  const { features } = v.parse(CustomerUsageBodySchema, await world.customerUsage());
  return bill.allowances.flatMap((allowance): string[] => {
    const known = allowanceNow(bill, allowance);
    const told = features.find(({ feature }) => feature.meter_id === allowance.meterId);
    if (known === undefined || told === undefined) return [];
    const reset = known.reset === Infinity ? '0001-01-01T00:00:00.000Z' : timeText(known.reset);
    const toldReset = told.next_usage_reset_at === null ? 'none' : timeText(fromWire(told.next_usage_reset_at));
    return [
      ...(isClose(fractionOf(told.current_usage), known.usage)
        ? []
        : [`allowance of ${allowance.meterId}: used ${told.current_usage}, oracle ${exactText(known.usage)}`]),
      ...(reset === toldReset ? [] : [`allowance of ${allowance.meterId}: reset ${toldReset}, oracle ${reset}`]),
    ];
  });
};

/** Bills a case twice and says where the two differ; an error of the product is a difference too. */
export const differencesOf = async (bill: BillCase): Promise<readonly string[]> => {
  const world = await openInvoiceWorld(worldOfCase(bill));
  const all = [comparePreview, compareUsage, compareAllowances];
  const answers = await Promise.allSettled(all.map((one) => one(world, bill)));
  return answers.flatMap((answer): readonly string[] =>
    answer.status === 'fulfilled' ? answer.value : [`failed: ${String(answer.reason)}`],
  );
};

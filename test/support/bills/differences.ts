// Compares a case of the product with the oracle: every amount to the last digit, every quantity, every range.
import * as v from 'valibot';
import { InvoicePreviewBodySchema } from '../../../shared/api/bodies/invoices.ts';
import { worldOfCase } from '../worlds/bill-world.ts';
import { openInvoiceWorld } from '../worlds/invoice-world.ts';
import type { BillCase } from '../oracles/bill/bill-case.ts';
import { partsOf } from '../oracles/bill/billing-periods.ts';
import { billOf } from '../oracles/bill/bill.ts';
import type { BilledLine } from '../oracles/bill/usage-bill.ts';
import { compare, type Fraction, fractionOf, isNothing, nothing, plus, total } from '../oracles/bill/fraction.ts';
import { exactText, fromWire, isClose, timeText, type World } from './told-numbers.ts';
import { compareAllowances, compareAnalytics, compareUsage } from './usage-differences.ts';

type Preview = v.InferOutput<typeof InvoicePreviewBodySchema>;
type Line = Preview['line_items'][number];

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

/** Items in the order in which they first appear. */
const orderOf = (items: readonly string[]): string => [...new Set(items.filter((item) => item !== ''))].join(', ');

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
  const order = orderOf(body.line_items.map((line) => line.subscription_line_item_id ?? ''));
  const knownOrder = orderOf(known.lines.map(({ itemId }) => itemId));
  const isOneBill = partsOf(bill, known).length === 1;
  return [
    ...(!isOneBill || order === knownOrder ? [] : [`order ${order}, oracle ${knownOrder}`]),
    ...(range === knownRange ? [] : [`period ${range}, oracle ${knownRange}`]),
    ...compareLines(bill, told, lines),
    ...compareMeasured(told, lines, isSplit),
    ...(isClose(fractionOf(body.subtotal), known.subtotal)
      ? []
      : [`subtotal ${body.subtotal}, oracle ${exactText(known.subtotal)}`]),
  ];
};

/** Bills a case twice and says where the two differ; an error of the product is a difference too. */
export const differencesOf = async (bill: BillCase): Promise<readonly string[]> => {
  const world = await openInvoiceWorld(worldOfCase(bill));
  const all = [comparePreview, compareUsage, compareAllowances, compareAnalytics];
  const answers = await Promise.allSettled(all.map((one) => one(world, bill)));
  return answers.flatMap((answer): readonly string[] =>
    answer.status === 'fulfilled' ? answer.value : [`failed: ${String(answer.reason)}`],
  );
};

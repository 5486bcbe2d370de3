// Why a line costs what it costs, in one sentence: above all, why it costs nothing.
import { groupedDigits } from '../../ui/digits.ts';
import { decimal, sumOf, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import type { Line } from './charge-rows.ts';

const isZero = (text: string): boolean => decimal(text).eq(zeroQuantity);

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const eventsText = (count: number): string => `${groupedDigits(count)} ${count === 1 ? 'event' : 'events'}`;

const withoutUsage = ({ explanation: { quantity } }: Line): string | undefined => {
  if (quantity === undefined) return undefined;
  const { counted, counted_as_zero: zero, excluded, event_name: name } = quantity;
  const zeros = total(zero);
  const left = total(excluded);
  if (counted === 0) {
    return left === 0
      ? `No event ${name} has a timestamp in this period, so there is nothing to charge here. Look at the periods before and after.`
      : `None of the ${eventsText(left)} ${name} in this period counts: each is left out, and Explain says why.`;
  }
  return zeros === counted ? `All ${eventsText(counted)} count as zero: Explain says what each lacks.` : undefined;
};

const withinFree = ({ explanation: { quantity, allowance, steps } }: Line): string | undefined => {
  if (quantity === undefined || isZero(quantity.value)) return undefined;
  const used = `${groupedDigits(quantity.value)} used`;
  if (allowance && isZero(allowance.billable_quantity)) {
    const of =
      allowance.usage_limit === null
        ? 'an unlimited allowance'
        : `the allowance of ${groupedDigits(allowance.usage_limit)}`;
    return `${used}, all within ${of}: nothing is charged. Charges begin beyond it.`;
  }
  const prices = steps.filter(({ kind }) => kind === 'price');
  const [first] = prices;
  const isFree = first !== undefined && prices.every(({ amount }) => isZero(amount));
  if (!isFree) return undefined;
  return typeof first.up_to === 'number'
    ? `${used}, all within the free tier up to ${groupedDigits(first.up_to)}: nothing is charged. Charges begin beyond it.`
    : `${used}, at a price of 0.`;
};

const inTrial = ({ explanation: { steps } }: Line): string | undefined =>
  steps.some(({ kind }) => kind === 'trial')
    ? 'This period is a trial: the line shows what it would have cost.'
    : undefined;

const corrected = ({ explanation: { steps }, amount }: Line): string | undefined =>
  isZero(amount) &&
  !isZero(String(sumOf(steps.filter(({ kind }) => kind === 'price').map((step) => decimal(step.amount)))))
    ? 'The price and the steps after it cancel each other out.'
    : undefined;

/** Returns the sentence; undefined where the steps say all. */
export const lineSentence = (line: Line): string | undefined =>
  withoutUsage(line) ?? inTrial(line) ?? withinFree(line) ?? corrected(line);

/** Returns what else a reader should know: a meter that is never reset, a subscription that began again, a grant per period. */
export const lineNotes = ({
  explanation: { quantity, restarted_after: restart, allowance },
}: Line): readonly string[] => [
  ...(quantity?.message === undefined ? [] : [`${quantity.message}.`]),
  ...(restart ? [`${restart.message}.`] : []),
  ...(allowance?.granted_per === 'billing_period' && allowance.usage_reset_period !== ''
    ? ['The allowance is granted once in each billing period, since this usage is measured over the whole of it.']
    : []),
];

// Arbitrary questions about usage, each as the naive fold takes it and as the product does.
import fc from 'fast-check';
import type { Aggregation, Meter } from '../../../shared/domain/meters/meter.ts';
import { windowSizes } from '../../../shared/domain/time/usage-window.ts';
import { type Definition, definitionOfMeter } from '../../../shared/domain/usage/definition.ts';
import { aMeter } from '../builders/builders.ts';
import type { NaiveFormula, NaiveQuestion, NaiveType } from '../oracles/naive-usage.ts';
import { zoneCases } from '../arbitraries/time-zones.ts';
import { eventNames, texts } from '../arbitraries/usage-values.ts';

/** A question without its customer and range. */
export type Question = Omit<NaiveQuestion, 'customer' | 'start' | 'end' | 'countedUntil'> & {
  /** Only a meter has filters of its own, formulas and no reset. */
  readonly kind: 'aggregate' | 'meter';
};

const formulas: readonly NaiveFormula[] = [
  { text: 'ms * 2 + extra', names: ['ms', 'extra'], evaluate: (ms = 0, extra = 0) => ms * 2 + extra },
  { text: 'max(ms, extra) - 1', names: ['ms', 'extra'], evaluate: (ms = 0, extra = 0) => Math.max(ms, extra) - 1 },
  { text: 'ms / extra', names: ['ms', 'extra'], evaluate: (ms = 0, extra = 0) => ms / extra },
  { text: 'ms > 10 ? ms : extra', names: ['ms', 'extra'], evaluate: (ms = 0, extra = 0) => (ms > 10 ? ms : extra) },
  { text: 'sqrt(ms)', names: ['ms'], evaluate: (ms = 0) => Math.sqrt(ms) },
];
const multipliers = ['1', '3', '0.5', '0.00000000000001', '999999999999999', '12345678901234567890.5'];

const filters = fc.array(
  fc.record({
    key: fc.constantFrom('region', 'extra', 'in.region', 'in.ms'),
    values: fc.array(fc.constantFrom(...texts, '5', '0.1', '1234567890123456782'), { minLength: 1, maxLength: 4 }),
  }),
  { maxLength: 1 },
);
const rarely = <T>(some: fc.Arbitrary<readonly T[]>): fc.Arbitrary<readonly T[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some });

type Counting = Pick<Question, 'type' | 'field' | 'formula' | 'multiplier' | 'groupBy'> & {
  readonly isBucketed?: boolean;
};
const fields = fc.constantFrom('ms', 'ms', 'in.ms');
const byField = (type: NaiveType): fc.Arbitrary<Counting> => fields.map((field) => ({ type, field }));
const byFormula = (type: NaiveType): fc.Arbitrary<Counting> =>
  fc.constantFrom(...formulas).map((formula) => ({ type, field: '', formula }));
const inBuckets = (type: NaiveType): fc.Arbitrary<Counting> => fc.constant({ type, field: 'ms', isBucketed: true });

const countings: Readonly<Record<NaiveType, fc.Arbitrary<Counting>>> = {
  COUNT: fc.constant({ type: 'COUNT', field: '' }),
  SUM: fc.oneof(byField('SUM'), byFormula('SUM'), inBuckets('SUM')),
  AVG: fc.oneof(byField('AVG'), byFormula('AVG')),
  COUNT_UNIQUE: fc.constantFrom('region', 'extra', 'in.region').map((field) => ({ type: 'COUNT_UNIQUE', field })),
  LATEST: fc.oneof(byField('LATEST'), byFormula('LATEST')),
  SUM_WITH_MULTIPLIER: fc
    .constantFrom(...multipliers)
    .map((multiplier) => ({ type: 'SUM_WITH_MULTIPLIER', field: 'ms', multiplier })),
  MAX: fc.oneof(
    byField('MAX'),
    byFormula('MAX'),
    inBuckets('MAX'),
    fc
      .tuple(inBuckets('MAX'), fc.constantFrom('region', 'in.region'))
      .map(([counting, groupBy]) => ({ ...counting, groupBy })),
  ),
  MIN: fc.oneof(byField('MIN'), byFormula('MIN')),
  WEIGHTED_SUM: byField('WEIGHTED_SUM'),
};

/** Types with buckets are the most frequent: there is most to go wrong. */
const anyCounting = fc.oneof(
  ...Object.values(countings),
  { weight: 2, arbitrary: countings.SUM },
  { weight: 2, arbitrary: countings.MAX },
);

/** Windows in this zone, or buckets; of any aggregation, or of one. */
export const questions = (
  timezone: fc.Arbitrary<string> = fc.constantFrom(...zoneCases).map((zone) => zone.timezone),
  type?: NaiveType,
): fc.Arbitrary<Question> =>
  fc
    .record({
      isMeter: fc.boolean(),
      isNeverReset: fc.boolean(),
      name: fc.constantFrom(...eventNames),
      counting: type === undefined ? anyCounting : countings[type],
      filters: rarely(filters),
      requestFilters: rarely(filters),
      sources: rarely(fc.subarray(['', 'api', 'job'])),
      customerId: fc.constantFrom('', '', 'cust_1'),
      hasWindows: fc.boolean(),
      size: fc.constantFrom(...windowSizes),
      timezone,
      anchorDay: fc.constantFrom(1, 1, 5, 15, 28, 29, 30, 31),
    })
    .map(
      ({
        isMeter,
        isNeverReset,
        counting: { isBucketed = false, ...counting },
        hasWindows,
        size,
        timezone,
        anchorDay,
        ...rest
      }) => {
        const kind = isMeter || counting.formula !== undefined ? 'meter' : 'aggregate';
        return {
          ...rest,
          ...counting,
          kind,
          filters: kind === 'meter' ? rest.filters : [],
          isNeverReset: kind === 'meter' && isNeverReset,
          ...((isBucketed || hasWindows) && {
            parts: { kind: isBucketed ? 'bucket' : 'window', size, timezone: isBucketed ? 'UTC' : timezone, anchorDay },
          }),
        };
      },
    );

export const toMeter = (question: Question): Meter => {
  const { name, type, field, formula, multiplier, groupBy, parts, filters, isNeverReset } = question;
  const aggregation: Aggregation = {
    type,
    ...(field !== '' && { field }),
    ...(formula && { expression: formula.text }),
    ...(multiplier !== undefined && { multiplier }),
    ...(parts?.kind === 'bucket' && { bucketSize: parts.size }),
    ...(groupBy !== undefined && { groupBy }),
  };
  return aMeter({ eventName: name, aggregation, filters, resetUsage: isNeverReset ? 'NEVER' : 'BILLING_PERIOD' });
};

export const toDefinition = (question: Question): Definition => {
  const { requestFilters, sources, customerId } = question;
  return { ...definitionOfMeter(toMeter(question)), requestFilters, sources, customerId };
};

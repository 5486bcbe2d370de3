// A subscription and the usage of its customer, charged by the product's pure functions: every event is a state of its own, in a
// slot of its own, as a fold would tell it.
import { aggregatorOf } from '../../../shared/domain/aggregations/aggregators.ts';
import { hashOfText } from '../../../shared/domain/aggregations/count-unique.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Charge } from '../../../shared/domain/charges/charge.ts';
import {
  allowancesIn,
  type BilledPeriod,
  billedPeriods,
  chargePeriod,
  readPeriod,
} from '../../../shared/domain/charges/period-charges.ts';
import type { Timeline } from '../../../shared/domain/charges/timeline.ts';
import {
  commitmentWindowAt,
  invoiceUsage,
  type PeriodCharges,
  type UsageInvoice,
} from '../../../shared/domain/charges/usage-invoice.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import { one } from '../../../shared/domain/numbers/exact-sum.ts';
import { decimal } from '../../../shared/domain/numbers/quantity.ts';
import { isInTrial } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import { createState, groupOf, type UsageState } from '../../../shared/domain/usage/usage-state.ts';

/** Units that one event counts for. */
export interface Used {
  readonly meterId: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly value: string;
  /** Group of a meter that has groups. */
  readonly group?: string;
}

export interface ChargedWorld {
  readonly subscription: Subscription;
  readonly catalog: Catalog;
  readonly usage: readonly Used[];
  /** UTC milliseconds. */
  readonly now: number;
}

const stateOf = ({ aggregation: { type, multiplier } }: Meter, used: Used, place: number): UsageState => {
  const state = createState();
  const group = groupOf(state, JSON.stringify(used.group === undefined ? [] : [used.group]), type);
  group.counted = 1;
  const aggregator = aggregatorOf(type);
  const input =
    aggregator.reads === 'text'
      ? hashOfText(used.value)
      : decimal(aggregator.reads === 'number' ? used.value : '1').times(decimal(multiplier ?? '1'));
  aggregator.add(group, input, { timestamp: used.at, id: () => String(place).padStart(9, '0'), factor: one });
  return state;
};

/** Fills a timeline with the usage of its meter. */
const foldInto = ({ meter, from, to, add }: Timeline, usage: readonly Used[]): void => {
  for (const [place, used] of usage.entries()) {
    if (used.meterId === meter.id && used.at >= from && used.at < to) add(used.at, stateOf(meter, used, place));
  }
};

/** Charges a period of which all or nothing is a trial. */
export const chargesOf = (
  { subscription, catalog, usage, now }: ChargedWorld,
  period: BilledPeriod,
): readonly Charge[] => {
  const allowances = allowancesIn(subscription, catalog, period, now);
  const reading = readPeriod({ subscription, catalog, period, allowances });
  for (const { timeline } of reading.meters) foldInto(timeline, usage);
  return chargePeriod(reading, { now, priceOf: ({ priceId }) => priceOfId(subscription, catalog, priceId) });
};

/** Charges any period, its trial by itself. */
export const chargesIn = (world: ChargedWorld, period: Period): readonly Charge[] =>
  billedPeriods(world.subscription, period).flatMap((billed) => chargesOf(world, billed));

/** Invoices successive billing periods of the subscription. */
export const invoicesOf = (world: ChargedWorld, periods: readonly Period[]): readonly UsageInvoice[] => {
  const { subscription } = world;
  const charged = periods.map(({ start, end }): PeriodCharges => {
    const period = { start, end, isTrial: isInTrial(subscription, start) };
    return { period, charges: chargesOf(world, period) };
  });
  return charged.map((current, index) => {
    const from = commitmentWindowAt(subscription, current.period.start)?.start ?? current.period.start;
    return invoiceUsage(
      subscription,
      current,
      charged.slice(0, index).filter(({ period }) => period.start >= from),
    );
  });
};

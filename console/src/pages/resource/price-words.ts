// Words for the terms of a price. Amounts are the texts of the API, with every digit.
import type { PriceBody } from '../../../../shared/api/bodies/catalog.ts';
import { displayAmount } from '../../../../shared/domain/numbers/money.ts';
import { decimal } from '../../../../shared/domain/numbers/quantity.ts';
import { groupedDigits } from '../../ui/digits.ts';

export const periodNames: Readonly<Record<string, string>> = {
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  QUARTERLY: 'quarter',
  HALF_YEARLY: 'half year',
  ANNUAL: 'year',
  ONETIME: 'once',
};

/** Returns `each month` or `every 3 months`. */
export const periodText = (period: string, count = 1): string => {
  const name = periodNames[period] ?? period;
  if (period === 'ONETIME') return 'once';
  return count === 1 ? `each ${name}` : `every ${String(count)} ${name}s`;
};

type Terms = Pick<
  PriceBody,
  | 'amount'
  | 'currency'
  | 'billing_model'
  | 'tier_mode'
  | 'tiers'
  | 'transform_quantity'
  | 'type'
  | 'price_unit'
  | 'price_unit_amount'
  | 'price_unit_tiers'
>;

const money = (amount: string, { currency, price_unit: unit }: Pick<Terms, 'currency' | 'price_unit'>): string =>
  unit === undefined ? displayAmount(decimal(amount), currency) : `${amount} ${unit}`;

/** Returns `$0.02 a unit`, `$5 for each 1,000 units`, or its tiers. In units of the price, if it has one. */
export const termsText = (price: Terms): string => {
  const amount = money(price.price_unit_amount ?? price.amount, price);
  if (price.billing_model === 'FLAT_FEE') return price.type === 'FIXED' ? amount : `${amount} a unit`;
  if (price.billing_model === 'PACKAGE') {
    return `${amount} for each ${groupedDigits(price.transform_quantity.divide_by)} units`;
  }
  return tiersText(price);
};

const shownTiers = 3;

/** Returns `free up to 1,000, then $0.01`, or `by volume: $1 up to 10, $0.50 beyond`. */
const tiersText = (price: Terms): string => {
  const isVolume = price.tier_mode === 'VOLUME';
  const tiers = (price.price_unit_tiers ?? price.tiers ?? []).map(
    ({ up_to: upTo, unit_amount: unit, flat_amount: flat }) => {
      const isFree = decimal(unit).eq(decimal('0'));
      const once = flat === undefined || decimal(flat).eq(decimal('0')) ? '' : `${money(flat, price)} once`;
      const rate = isFree ? once || 'free' : [once, money(unit, price)].filter(Boolean).join(' + ');
      return upTo === null ? rate : `${rate} up to ${groupedDigits(upTo)}`;
    },
  );
  const shown = tiers.length > shownTiers ? [...tiers.slice(0, shownTiers - 1), '…', tiers.at(-1) ?? ''] : tiers;
  return isVolume ? `by volume: ${shown.join(', else ')}` : shown.join(', then ');
};

/** Returns the name to show for a price. */
export const priceName = ({
  display_name: name,
  meter,
  type,
  id,
}: Pick<PriceBody, 'display_name' | 'meter' | 'type' | 'id'>): string =>
  name !== '' ? name : (meter?.name ?? (type === 'FIXED' ? 'Fixed price' : id));

// Words for what an entitlement grants.
import type { EntitlementBody } from '../../../../shared/api/bodies/catalog.ts';
import { groupedDigits } from '../../ui/digits.ts';
import { periodText } from './price-words.ts';

type Granted = Pick<
  EntitlementBody,
  'feature_type' | 'is_enabled' | 'usage_limit' | 'usage_reset_period' | 'is_soft_limit' | 'static_value'
>;

export const grantText = (one: Granted): string => {
  if (one.feature_type === 'static') return one.static_value;
  if (one.feature_type === 'config') return 'a configuration';
  if (one.feature_type === 'boolean') return one.is_enabled ? 'on' : 'off';
  if (!one.is_enabled) return 'nothing: it is off';
  if (one.usage_limit === null) return 'unlimited: all usage is free';
  return `${groupedDigits(one.usage_limit)} units free${one.is_soft_limit ? ', soft limit' : ''}`;
};

export const resetText = ({ feature_type: type, usage_reset_period: period }: Granted): string => {
  if (type !== 'metered') return '–';
  if (period === 'NEVER') return 'never';
  return period === '' ? 'with the billing period' : periodText(period);
};

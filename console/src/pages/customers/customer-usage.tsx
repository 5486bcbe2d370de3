// Usage of a customer in the current reset period of each feature, beside its limit.
import type { ReactNode } from 'react';
import type { FeatureUsageBody } from '../../../../shared/api/bodies/charges.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { groupedDigits, sizeOf } from '../../ui/digits.ts';
import { Num } from '../../ui/number.tsx';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import resource from '../resource/resource.module.css';

const never = '0001-01-01T00:00:00Z';

export const CustomerUsage = ({ id }: { readonly id: string }): ReactNode => {
  const call = { route: 'getCustomerUsageById', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  return (
    <Section title="Usage and entitlements" actions={<CallButton call={call} />}>
      <Loaded query={query} lines={2}>
        {({ features }) =>
          features.length === 0 ? (
            <p className={resource['muted']}>No active subscription grants a feature.</p>
          ) : (
            <div className={resource['scroll']} tabIndex={0} role="region" aria-label="Usage and entitlements, table">
              <table className={resource['table']}>
                <thead>
                  <tr>
                    <th scope="col">Feature</th>
                    <th scope="col" className={resource['numeric']}>
                      Used
                    </th>
                    <th scope="col" className={resource['numeric']}>
                      Limit
                    </th>
                    <th scope="col">Share</th>
                    <th scope="col">Resets</th>
                  </tr>
                </thead>
                <tbody>
                  {features.map((one) => (
                    <UsageRow key={one.feature.id} one={one} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Section>
  );
};

const UsageRow = ({ one }: { readonly one: FeatureUsageBody }): ReactNode => {
  const isMetered = one.feature.type === 'metered';
  const share = sizeOf(one.usage_percent);
  return (
    <tr>
      <th scope="row">
        <PageLink href={`/catalog/features/${encodeURIComponent(one.feature.id)}`}>{one.feature.name}</PageLink>
      </th>
      <td className={resource['numeric']}>{isMetered ? <Num value={one.current_usage} /> : '–'}</td>
      <td className={resource['numeric']}>
        {isMetered ? (
          one.is_unlimited || one.total_limit === null ? (
            'unlimited'
          ) : (
            <Num value={one.total_limit} />
          )
        ) : one.is_enabled ? (
          'granted'
        ) : (
          'not granted'
        )}
        {one.is_soft_limit && <span className={resource['small']}> soft</span>}
      </td>
      <td>
        {isMetered && !one.is_unlimited && one.total_limit !== null && (
          <>
            <div className={resource['meterBar']} data-full={share >= 1 || undefined} aria-hidden="true">
              <span style={{ width: `${String(Math.min(100, share * 100))}%` }} />
            </div>
            <span className={resource['small']} title={`${one.usage_percent} of the limit`}>
              {groupedDigits(Math.round(share * 1000) / 10)} %{share > 1 && ' – beyond the limit'}
            </span>
          </>
        )}
      </td>
      <td>
        {one.next_usage_reset_at === null ? (
          '–'
        ) : one.next_usage_reset_at === never ? (
          'never'
        ) : (
          <Time value={one.next_usage_reset_at} />
        )}
      </td>
    </tr>
  );
};

// Table of all that a subscription grants: by its plan and by itself, feature by feature.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { grantText, resetText } from '../resource/entitlement-words.ts';
import resource from '../resource/resource.module.css';

export const SubscriptionGrants = ({ id }: { readonly id: string }): ReactNode => {
  const call = { route: 'getSubscriptionEntitlements', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  return (
    <Section title="What it grants" actions={<CallButton call={call} />}>
      <Loaded query={query} lines={2}>
        {({ features }) =>
          features.length === 0 ? (
            <p className={resource['muted']}>No feature: no limits and no free allowance.</p>
          ) : (
            <div className={resource['scroll']} tabIndex={0} role="region" aria-label="What it grants, table">
              <table className={resource['table']}>
                <thead>
                  <tr>
                    <th scope="col">Feature</th>
                    <th scope="col">Grants</th>
                    <th scope="col">Resets</th>
                    <th scope="col">From</th>
                  </tr>
                </thead>
                <tbody>
                  {features.map(({ feature, entitlement, sources }) => {
                    const granted = {
                      ...entitlement,
                      feature_type: feature.type,
                      static_value: entitlement.static_values.join(', '),
                    };
                    return (
                      <tr key={feature.id}>
                        <th scope="row">
                          <PageLink href={`/catalog/features/${encodeURIComponent(feature.id)}`}>
                            <VisibleText text={feature.name} />
                          </PageLink>
                        </th>
                        <td>{grantText(granted)}</td>
                        <td>{resetText(granted)}</td>
                        <td>
                          {sources
                            .map(({ entity_type: type }) => (type === 'plan' ? 'its plan' : 'its own'))
                            .join(', ')}
                          {sources.length > 1 && (
                            <span className={resource['small']}> ({groupedDigits(sources.length)})</span>
                          )}
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Section>
  );
};

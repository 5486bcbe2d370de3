// The features that a meter measures, also archived ones.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { ActionButton } from './action-button.tsx';
import resource from './resource.module.css';
import { StatusBadge } from './status-badge.tsx';

export const FeatureTable = ({ meter }: { readonly meter: string }): ReactNode => {
  const call = { route: 'listFeatures', query: { meter_ids: meter, limit: 100 } } as const;
  const query = useApi(call, { keepsPrevious: false });
  return (
    <Section
      title="Features"
      actions={
        <>
          <ActionButton
            route="createFeature"
            icon="plus"
            look="quiet"
            href={`/catalog/features/new?meter_id=${encodeURIComponent(meter)}`}
          >
            Add a feature
          </ActionButton>
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query} lines={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={resource['muted']}>
              No feature measures it. A feature gives plans a limit or a free allowance of this usage.
            </p>
          ) : (
            <ul className={resource['plainList']}>
              {items.map(({ id, name, status }) => (
                <li key={id}>
                  <PageLink href={`/catalog/features/${encodeURIComponent(id)}`}>
                    <VisibleText text={name} />
                  </PageLink>{' '}
                  {status !== 'published' && <StatusBadge status={status} />}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
};

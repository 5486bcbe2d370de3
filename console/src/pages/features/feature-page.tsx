// One feature: what it measures, and which plans grant how much of it.
import { type ReactNode, useState } from 'react';
import { updateFeatureSchema } from '../../../../shared/api/catalog/features.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { PageFrame, Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { ActionButton } from '../resource/action-button.tsx';
import { ChangeForm } from '../resource/change-form.tsx';
import { ConfirmDialog } from '../resource/confirm-dialog.tsx';
import { EntitlementTable } from '../resource/entitlement-table.tsx';
import { EntityFacts } from '../resource/entity-facts.tsx';
import { DetailSearchSchema } from '../resource/list-search.ts';
import { usePathId } from '../../url/use-path-id.ts';
import resource from '../resource/resource.module.css';
import { changedFeatureSections } from './feature-form.ts';

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(DetailSearchSchema);
  const [isAsking, setIsAsking] = useState(false);
  const call = { route: 'getFeature', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  const feature = query.data;
  const isPublished = feature?.status === 'published';
  return (
    <PageFrame
      key={feature === undefined ? 'reading' : 'read'}
      title={feature?.name ?? 'Feature'}
      heading={<VisibleText text={feature?.name ?? 'Feature'} />}
      lead={feature && `Feature, ${feature.type}`}
      actions={
        <>
          {feature && search.edit === '' && (
            <>
              <ActionButton
                route={isPublished ? 'deleteFeature' : 'updateFeature'}
                look={isPublished ? 'danger' : 'primary'}
                onClick={() => {
                  setIsAsking(true);
                }}
              >
                {isPublished ? 'Archive' : 'Publish again'}
              </ActionButton>
              <ActionButton
                route="updateFeature"
                onClick={() => {
                  setSearch({ edit: '1' });
                }}
              >
                Edit
              </ActionButton>
              {isPublished && (
                <ActionButton
                  route="createEntitlement"
                  look="primary"
                  href={`/catalog/entitlements/new?feature_id=${encodeURIComponent(id)}`}
                >
                  Grant it
                </ActionButton>
              )}
            </>
          )}
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query}>
        {(one) =>
          search.edit === '1' ? (
            <ChangeForm
              label={`Edit ${one.name}`}
              sections={changedFeatureSections}
              entity={one}
              initial={{ type: one.type }}
              schema={updateFeatureSchema}
              route="updateFeature"
              path={{ id }}
              onClose={() => {
                setSearch({ edit: '' }, { replace: true });
              }}
            />
          ) : (
            <div className={resource['columns']}>
              <div className={resource['main']}>
                <EntitlementTable feature={id} />
              </div>
              <div className={resource['side']}>
                <Section title="Facts">
                  <EntityFacts
                    entity={one}
                    rows={[
                      ['Kind', one.type],
                      [
                        'Meter',
                        one.meter_id === '' ? undefined : (
                          <PageLink key="meter" href={`/catalog/meters/${encodeURIComponent(one.meter_id)}`}>
                            {one.meter?.name ?? one.meter_id}
                          </PageLink>
                        ),
                      ],
                      [
                        'Lookup key',
                        <code key="key">
                          <VisibleText text={one.lookup_key} />
                        </code>,
                      ],
                      ['Description', one.description],
                      ['Unit', [one.unit_singular, one.unit_plural].filter(Boolean).join(', ')],
                    ]}
                  />
                </Section>
              </div>
            </div>
          )
        }
      </Loaded>
      {isAsking && feature && (
        <ConfirmDialog
          title={isPublished ? `Archive the feature ${feature.name}?` : `Publish the feature ${feature.name} again?`}
          call={
            isPublished
              ? { route: 'deleteFeature', path: { id } }
              : { route: 'updateFeature', path: { id }, body: { status: 'published' } }
          }
          confirmLabel={isPublished ? 'Archive feature' : 'Publish again'}
          look={isPublished ? 'danger' : 'primary'}
          doneText={isPublished ? 'Archived the feature.' : 'Published the feature again.'}
          onClose={() => {
            setIsAsking(false);
          }}
        >
          {isPublished ? (
            <p>
              No plan can grant it any more, and a meter that was created with it stops counting later events. It is
              refused while entitlements of plans grant the feature.
            </p>
          ) : (
            <p>
              Plans can grant it again. A meter that was created with it counts its events again, also those from in
              between.
            </p>
          )}
        </ConfirmDialog>
      )}
    </PageFrame>
  );
};

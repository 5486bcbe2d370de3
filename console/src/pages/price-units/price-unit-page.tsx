// One custom price unit.
import { type ReactNode, useState } from 'react';
import { updatePriceUnitSchema } from '../../../../shared/api/prices/price-units.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { Num } from '../../ui/number.tsx';
import { PageFrame, Section } from '../../ui/page-frame.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { ActionButton } from '../resource/action-button.tsx';
import { ChangeForm } from '../resource/change-form.tsx';
import { ConfirmDialog } from '../resource/confirm-dialog.tsx';
import { EntityFacts } from '../resource/entity-facts.tsx';
import { DetailSearchSchema } from '../resource/list-search.ts';
import { usePathId } from '../../url/use-path-id.ts';
import { changedPriceUnitSections } from './price-unit-form.ts';

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(DetailSearchSchema);
  const [isAsking, setIsAsking] = useState(false);
  const call = { route: 'getPriceUnit', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  const unit = query.data;
  const isPublished = unit?.status === 'published';
  return (
    <PageFrame
      key={unit === undefined ? 'reading' : 'read'}
      title={unit?.name ?? 'Price unit'}
      heading={<VisibleText text={unit?.name ?? 'Price unit'} />}
      lead="Price unit"
      actions={
        <>
          {unit && search.edit === '' && (
            <>
              <ActionButton
                route="updatePriceUnit"
                look={isPublished ? 'danger' : 'primary'}
                onClick={() => {
                  setIsAsking(true);
                }}
              >
                {isPublished ? 'Archive' : 'Publish again'}
              </ActionButton>
              <ActionButton
                route="updatePriceUnit"
                onClick={() => {
                  setSearch({ edit: '1' });
                }}
              >
                Edit
              </ActionButton>
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
              sections={changedPriceUnitSections}
              entity={one}
              schema={updatePriceUnitSchema}
              route="updatePriceUnit"
              path={{ id }}
              onClose={() => {
                setSearch({ edit: '' }, { replace: true });
              }}
            />
          ) : (
            <Section title="Facts">
              <EntityFacts
                entity={one}
                rows={[
                  ['Code', <code key="code">{one.code}</code>],
                  ['Symbol', <VisibleText key="symbol" text={one.symbol} />],
                  [
                    'Value of one',
                    <Num key="rate" value={one.conversion_rate} unit={one.base_currency.toUpperCase()} />,
                  ],
                ]}
              />
            </Section>
          )
        }
      </Loaded>
      {isAsking && unit && (
        <ConfirmDialog
          title={isPublished ? `Archive the price unit ${unit.name}?` : `Publish the price unit ${unit.name} again?`}
          call={{ route: 'updatePriceUnit', path: { id }, body: { status: isPublished ? 'archived' : 'published' } }}
          confirmLabel={isPublished ? 'Archive price unit' : 'Publish again'}
          look={isPublished ? 'danger' : 'primary'}
          doneText={isPublished ? 'Archived the price unit.' : 'Published the price unit again.'}
          onClose={() => {
            setIsAsking(false);
          }}
        >
          <p>
            {isPublished
              ? 'New prices cannot be stated in it. Prices that are go on as before.'
              : 'New prices can be stated in it again.'}
          </p>
        </ConfirmDialog>
      )}
    </PageFrame>
  );
};

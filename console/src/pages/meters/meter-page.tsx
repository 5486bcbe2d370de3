// One meter: what it counts, its prices and features, the newest events of its name. The form is loaded when it is opened, because the
// schema of meters reads expressions.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { Loaded, Skeleton } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { ActionButton } from '../resource/action-button.tsx';
import { DetailSearchSchema } from '../resource/list-search.ts';
import { usePathId } from '../../url/use-path-id.ts';
import { MeterStatusDialog } from './meter-status-dialog.tsx';
import { meterSentence } from './meter-words.ts';

const MeterDetail = lazy(async () => ({ default: (await import('./meter-detail.tsx')).MeterDetail }));
const MeterEdit = lazy(async () => ({ default: (await import('./meter-edit.tsx')).MeterEdit }));

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(DetailSearchSchema);
  const [isAsking, setIsAsking] = useState(false);
  const call = { route: 'getMeter', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  const meter = query.data;
  const isPublished = meter?.status === 'published';
  return (
    <PageFrame
      key={meter === undefined ? 'reading' : 'read'}
      title={meter?.name ?? 'Meter'}
      heading={<VisibleText text={meter?.name ?? 'Meter'} />}
      lead={meter && <VisibleText text={`Meter: ${meterSentence(meter)}`} />}
      actions={
        <>
          {meter && search.edit === '' && (
            <>
              <ActionButton
                route={isPublished ? 'disableMeter' : 'updateMeter'}
                look={isPublished ? 'danger' : 'primary'}
                onClick={() => {
                  setIsAsking(true);
                }}
              >
                {isPublished ? 'Archive' : 'Publish again'}
              </ActionButton>
              <ActionButton
                route="updateMeter"
                onClick={() => {
                  setSearch({ edit: '1' });
                }}
              >
                Edit
              </ActionButton>
              {isPublished && (
                <ActionButton
                  route="createPrice"
                  look="primary"
                  href={`/catalog/prices/new?meter_id=${encodeURIComponent(id)}`}
                >
                  Add a price
                </ActionButton>
              )}
            </>
          )}
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query}>
        {(one) => (
          <Suspense fallback={<Skeleton />}>
            {search.edit === '1' ? (
              <MeterEdit
                meter={one}
                onClose={() => {
                  setSearch({ edit: '' }, { replace: true });
                }}
              />
            ) : (
              <MeterDetail meter={one} />
            )}
          </Suspense>
        )}
      </Loaded>
      {isAsking && meter && (
        <MeterStatusDialog
          meter={meter}
          onClose={() => {
            setIsAsking(false);
          }}
        />
      )}
    </PageFrame>
  );
};

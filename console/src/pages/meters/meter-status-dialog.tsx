// Archives a meter or publishes it again: says first what of the catalog it touches.
import type { ReactNode } from 'react';
import type { MeterBody } from '../../../../shared/api/bodies/catalog.ts';
import { useApi } from '../../api/use-api.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { ConfirmDialog } from '../resource/confirm-dialog.tsx';
import { countText } from '../resource/count-text.ts';

interface MeterStatusDialogProps {
  readonly meter: MeterBody;
  readonly onClose: () => void;
}

const most = 100;

export const MeterStatusDialog = ({ meter, onClose }: MeterStatusDialogProps): ReactNode => {
  const { data: prices } = useApi({ route: 'listPrices', query: { meter_ids: meter.id, limit: most } });
  const { data: features } = useApi({
    route: 'listFeatures',
    query: { meter_ids: meter.id, status: 'published', limit: most },
  });
  const plans = new Set(prices?.items.map(({ entity_id: id }) => id) ?? []).size;
  if (meter.status !== 'published') {
    return (
      <ConfirmDialog
        title={`Publish the meter ${meter.name} again?`}
        call={{ route: 'updateMeter', path: { id: meter.id }, body: { status: 'published' } }}
        confirmLabel="Publish again"
        look="primary"
        doneText="Published the meter again."
        onClose={onClose}
      >
        <p>
          It counts all events named <code>{meter.event_name}</code> again, also those from while it was archived.
        </p>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      title={`Archive the meter ${meter.name}?`}
      call={{ route: 'disableMeter', path: { id: meter.id } }}
      confirmLabel="Archive meter"
      doneText="Archived the meter."
      onClose={onClose}
    >
      <p>
        Events named <code>{meter.event_name}</code> that come after now are no longer counted by it. Those from before
        stay counted and billed.
      </p>
      {prices && features && (
        <ul>
          <li>
            {prices.pagination.total === 0
              ? 'No price bills it.'
              : `${countText(prices.pagination.total, 'price')} in ${countText(plans, 'plan or subscription', 'plans or subscriptions')} ${prices.pagination.total === 1 ? 'bills' : 'bill'} nothing of later events.`}
          </li>
          {features.items.map(({ id, name }) => (
            <li key={id}>
              The feature <PageLink href={`/catalog/features/${encodeURIComponent(id)}`}>{name}</PageLink> counts no
              later events.
            </li>
          ))}
        </ul>
      )}
      <p>You can publish it again.</p>
    </ConfirmDialog>
  );
};

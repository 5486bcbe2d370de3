// Archives a plan or publishes it again.
import type { ReactNode } from 'react';
import type { PlanDetailsBody } from '../../../../shared/api/bodies/catalog.ts';
import { useApi } from '../../api/use-api.ts';
import { ConfirmDialog } from '../resource/confirm-dialog.tsx';
import { countText } from '../resource/count-text.ts';

interface PlanStatusDialogProps {
  readonly plan: PlanDetailsBody;
  readonly onClose: () => void;
}

export const PlanStatusDialog = ({ plan, onClose }: PlanStatusDialogProps): ReactNode => {
  const { id, name, status } = plan;
  const { data } = useApi({ route: 'searchSubscriptions', body: { plan_ids: [id], limit: 1 } });
  if (status !== 'published') {
    return (
      <ConfirmDialog
        title={`Publish the plan ${name} again?`}
        call={{ route: 'updatePlan', path: { id }, body: { status: 'published' } }}
        confirmLabel="Publish again"
        look="primary"
        doneText="Published the plan again."
        onClose={onClose}
      >
        <p>Customers can be subscribed to it again.</p>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      title={`Archive the plan ${name}?`}
      call={{ route: 'deletePlan', path: { id } }}
      confirmLabel="Archive plan"
      doneText="Archived the plan."
      onClose={onClose}
    >
      <p>
        It takes no new subscriptions.
        {data &&
          (data.pagination.total === 0
            ? ' It has none now.'
            : ` The ${countText(data.pagination.total, 'active subscription')} go on as before.`)}{' '}
        You can publish it again.
      </p>
    </ConfirmDialog>
  );
};

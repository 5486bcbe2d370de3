// Asks once before what cannot be taken back easily: says what it touches, and begins at Cancel.
import type { ReactNode } from 'react';
import type { RouteId } from '../../../../shared/api/http/routes.ts';
import type { Call } from '../../api/call.ts';
import { useCommand } from '../../api/use-api.ts';
import { toast } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { SentView } from '../../forms/sent-view.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFailure } from '../../forms/form-failure.tsx';
import styles from './resource.module.css';

interface ConfirmDialogProps<Id extends RouteId> {
  /** A question: `Archive the meter Tokens?` */
  readonly title: string;
  readonly children: ReactNode;
  readonly call: Call<Id>;
  readonly confirmLabel: string;
  readonly look?: 'danger' | 'primary';
  /** Said when it is done. */
  readonly doneText: string;
  readonly onDone?: () => void;
  readonly onClose: () => void;
}

export const ConfirmDialog = <Id extends RouteId>({
  title,
  children,
  call,
  confirmLabel,
  look = 'danger',
  doneText,
  onDone,
  onClose,
}: ConfirmDialogProps<Id>): ReactNode => {
  const command = useCommand<Id>(() => {
    toast(doneText);
    onClose();
    onDone?.();
  });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          {/* The safe answer has the focus. */}
          <Button data-first-focus="" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look={look}
            isBusy={command.isPending}
            onClick={() => {
              if (!command.isPending) command.mutate(call);
            }}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className={styles['confirm']}>
        {children}
        <FormFailure failure={command.error} others={[]} />
        <details>
          <summary>API call</summary>
          <SentView call={call} />
        </details>
      </div>
    </Dialog>
  );
};

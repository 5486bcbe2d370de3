// A button that opens the call of a view.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Call } from '../api/call.ts';
import { Button } from './button.tsx';
import styles from './call-button.module.css';
import { Dialog } from './dialog.tsx';
import { Skeleton } from './states.tsx';

const CallView = lazy(async () => ({ default: (await import('./call-view.tsx')).CallView }));

interface CallButtonProps {
  readonly call: Call;
  readonly label?: string;
}

export const CallButton = ({ call, label = 'API call' }: CallButtonProps): ReactNode => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <span className={styles['braces']} aria-hidden="true">
          {'{ }'}
        </span>
        {label}
      </Button>
      {isOpen && (
        <Dialog
          title="The same from your terminal or code"
          size="large"
          onClose={() => {
            setIsOpen(false);
          }}
        >
          <Suspense fallback={<Skeleton />}>
            <CallView call={call} />
          </Suspense>
        </Dialog>
      )}
    </>
  );
};

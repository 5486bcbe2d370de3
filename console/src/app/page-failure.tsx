// A page that broke: the rest of the console goes on.
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { CouldNotLoad } from '../ui/states.tsx';
import { PageFrame } from '../ui/page-frame.tsx';

export const PageFailure = ({ error, reset }: { readonly error: unknown; readonly reset?: () => void }): ReactNode => {
  const router = useRouter();
  const failure = error instanceof Error ? error : new Error(String(error));
  return (
    <PageFrame title="This page broke">
      <CouldNotLoad
        failure={failure}
        onRetry={() => {
          reset?.();
          void router.invalidate();
        }}
      />
      <p style={{ textAlign: 'center' }}>
        <Button
          onClick={() => {
            window.location.reload();
          }}
        >
          Load the console again
        </Button>
      </p>
    </PageFrame>
  );
};

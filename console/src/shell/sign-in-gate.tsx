// Shows the console to whoever has a key. The URL stays as it is while a key is asked for, and so do pages and their forms when
// a key stops being accepted in the middle of a session.
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { ConfigContext } from '../api/config-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/states.tsx';
import type { PendingKey } from '../session/open-sessions.ts';
import { signOut, useSessions } from '../session/session-store.ts';
import { signIn } from './sign-in.ts';
import { SignInForm } from './sign-in-form.tsx';
import { SignInPage } from './sign-in-page.tsx';

interface SignInGateProps {
  readonly pending: PendingKey;
  readonly children: ReactNode;
}

export const SignInGate = ({ pending: { key }, children }: SignInGateProps): ReactNode => {
  const { apiUrl } = useContext(ConfigContext);
  const { session, isRefused } = useSessions();
  const [isChecking, setIsChecking] = useState(key !== '');
  const [failure, setFailure] = useState<Error>();
  useEffect(() => {
    if (key === '') return;
    signIn({ apiUrl, key }, false)
      .catch((error: unknown) => {
        setFailure(error instanceof Error ? error : new Error(String(error)));
      })
      .finally(() => {
        setIsChecking(false);
      });
  }, [apiUrl, key]);
  // Another key of the same environment sees the same data, so pages stay as they are and read again.
  const client = useQueryClient();
  const usedKey = session?.key;
  const lastKey = useRef(usedKey);
  useEffect(() => {
    if (usedKey === undefined) client.clear();
    else if (lastKey.current !== undefined && lastKey.current !== usedKey) void client.invalidateQueries();
    lastKey.current = usedKey;
  }, [client, usedKey]);
  if (isChecking) return <Skeleton />;
  if (!session || failure) {
    return <SignInPage key={failure?.message ?? ''} failure={failure} />;
  }
  return (
    <>
      {children}
      {isRefused && (
        <Dialog
          title="This key is no longer accepted"
          isRequired
          onClose={signOut}
          actions={<Button onClick={signOut}>Sign out</Button>}
        >
          <p>
            The key “{session.who.name || session.who.key_id}” was revoked or has expired. Sign in with another one: the
            page and what you have typed stay as they are.
          </p>
          <SignInForm />
        </Dialog>
      )}
    </>
  );
};

// Which environment one looks at and what the key may do; another key or environment is one click away.
import { type ReactNode, useState } from 'react';
import { signOut, switchSession, useSessions } from '../session/session-store.ts';
import { SignInForm } from './sign-in-form.tsx';
import { environmentName, writeRoles } from '../session/whoami.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import styles from './session-menu.module.css';

export const SessionMenu = (): ReactNode => {
  const { session, sessions } = useSessions();
  const [isAdding, setIsAdding] = useState(false);
  if (!session) return null;
  const { who } = session;
  const writes = writeRoles(who);
  const power = writes.length > 0 ? writes.join(', ') : 'read only';
  return (
    <>
      <Menu
        label={`${environmentName(who)} ${power}, key ${who.name || who.key_id}: switch, add, sign out`}
        look="quiet"
        face={
          <span className={styles['face']}>
            <span className={styles['environment']}>{environmentName(who)}</span>{' '}
            <span className={styles['roles']} data-writes={writes.length > 0 || undefined}>
              {power}
            </span>
            <Icon name="down" size={12} />
          </span>
        }
        entries={[
          ...sessions.map(({ who: other }) => ({
            label: `${environmentName(other)} · ${other.name || other.key_id}`,
            note: other.roles.join(', '),
            isChecked: other.key_id === who.key_id,
            onAction: () => {
              switchSession(other.key_id);
            },
          })),
          { kind: 'line' as const },
          {
            label: 'Another key or environment …',
            icon: 'plus' as const,
            onAction: () => {
              setIsAdding(true);
            },
          },
          { label: 'Sign out', icon: 'cross' as const, onAction: signOut },
        ]}
      />
      {isAdding && (
        <Dialog
          title="Another key or environment"
          onClose={() => {
            setIsAdding(false);
          }}
        >
          <p>Both stay in this tab; the menu at the top switches between them, and the page stays the same.</p>
          <SignInForm
            onDone={() => {
              setIsAdding(false);
            }}
          />
        </Dialog>
      )}
    </>
  );
};

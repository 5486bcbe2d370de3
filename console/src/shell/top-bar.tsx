// The top bar: where one is (environment, roles), the search, the health of the system, settings. Amber with a key that can change things.
import type { ReactNode } from 'react';
import { useSessions } from '../session/session-store.ts';
import { writeRoles } from '../session/whoami.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { HealthDot } from './health-dot.tsx';
import { SessionMenu } from './session-menu.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import styles from './top-bar.module.css';

interface TopBarProps {
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}

export const TopBar = ({ onSearch, onHelp }: TopBarProps): ReactNode => {
  const { session } = useSessions();
  const canWrite = session !== undefined && writeRoles(session.who).length > 0;
  return (
    <header className={styles['bar']} data-writes={canWrite || undefined}>
      <PageLink href="/" className={styles['brand']} aria-label="Tollgate, first page">
        <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20">
          <path
            d="M3 4h14v2.500H3zM4.500 8h2.500v9H4.500zM13 8h2.500v9H13zM8.700 8h2.600v5H8.700z"
            fill="currentColor"
          />
        </svg>
        <span className={styles['name']}>Tollgate</span>
      </PageLink>
      <SessionMenu />
      <button type="button" className={styles['search']} onClick={onSearch} aria-keyshortcuts="/ Control+K">
        <Icon name="search" />
        <span className={styles['placeholder']}>Search or paste an id</span>
        <kbd aria-hidden="true">/</kbd>
      </button>
      <div className={styles['right']}>
        <HealthDot />
        <SettingsMenu />
        <IconButton icon="help" label="Keyboard and help" shortcut="?" onClick={onHelp} />
      </div>
    </header>
  );
};

// The pages, at the left; at the bottom of a narrow window. A key sees only what it may call.
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { routes } from '../../../shared/api/http/routes.ts';
import { pages } from '../pages/pages.ts';
import type { PageEntry } from '../pages/page-entry.ts';
import { useSession } from '../session/session-store.ts';
import { mayCall, type Whoami } from '../session/whoami.ts';
import { changeSettings, useSettings } from '../url/settings.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { PageLink } from '../ui/page-link.tsx';
import styles from './rail.module.css';

const groups = ['see', 'bill', 'set up'] as const;

/** Whether a page has something to show for a key. */
const isOpenTo = ({ needs }: PageEntry, who: Whoami): boolean => {
  if (needs === undefined) return true;
  const { roles } = routes[needs];
  return roles === 'anyone' || mayCall(who, roles);
};

export const Rail = (): ReactNode => {
  const { who } = useSession();
  const { isRailNarrow } = useSettings();
  const { pathname } = useLocation();
  const open = pages.filter((page) => page.rail && isOpenTo(page, who));
  return (
    <nav aria-label="Pages" className={styles['rail']} data-narrow={isRailNarrow || undefined}>
      {groups.map((group) => {
        const own = open.filter(({ rail }) => rail?.group === group);
        return own.length === 0 ? null : (
          <ul key={group} className={styles['group']}>
            {own.map((page) => (
              <li key={page.path}>
                <RailLink page={page} pathname={pathname} isNarrow={isRailNarrow} />
              </li>
            ))}
          </ul>
        );
      })}
      <div className={styles['fold']}>
        <IconButton
          icon={isRailNarrow ? 'right' : 'left'}
          label={isRailNarrow ? 'Show the names of pages' : 'Hide the names of pages'}
          aria-expanded={!isRailNarrow}
          onClick={() => {
            changeSettings({ isRailNarrow: !isRailNarrow });
          }}
        />
      </div>
    </nav>
  );
};

interface RailLinkProps {
  readonly page: PageEntry;
  readonly pathname: string;
  readonly isNarrow: boolean;
}

const RailLink = ({ page: { path, title, rail, key }, pathname, isNarrow }: RailLinkProps): ReactNode => {
  const isCurrent = path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);
  return (
    <PageLink
      href={path}
      className={styles['link']}
      {...(isCurrent && { 'aria-current': 'page' as const })}
      {...(isNarrow && { title, 'aria-label': title })}
    >
      {rail && <Icon name={rail.icon} />}
      <span className={styles['title']}>{title}</span>
      {key !== undefined && (
        <kbd className={styles['key']} aria-hidden="true">
          g {key}
        </kbd>
      )}
    </PageLink>
  );
};

// The shell of every page: skip link, rail, top bar, the page itself, and what opens over it (search, help).
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { pages } from '../pages/pages.ts';
import { useShortcuts } from '../ui/shortcuts.ts';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { TopBar } from './top-bar.tsx';

const SearchDialog = lazy(async () => ({ default: (await import('./search-dialog.tsx')).SearchDialog }));
const HelpDialog = lazy(async () => ({ default: (await import('./help-dialog.tsx')).HelpDialog }));

export const Shell = (): ReactNode => {
  const [open, setOpen] = useState<'search' | 'help' | 'none'>('none');
  const navigate = useNavigate();
  const openSearch = (): void => {
    setOpen('search');
  };
  const close = (): void => {
    setOpen('none');
  };
  useShortcuts({
    '/': openSearch,
    'Ctrl-K': openSearch,
    '?': () => {
      setOpen('help');
    },
    ...Object.fromEntries(
      pages.flatMap(({ key, path }) => (key === undefined ? [] : [[`g ${key}`, () => void navigate({ to: path })]])),
    ),
  });
  return (
    <div className={styles['shell']}>
      <a href="#main" className={styles['skip']}>
        Skip to the content
      </a>
      <TopBar
        onSearch={openSearch}
        onHelp={() => {
          setOpen('help');
        }}
      />
      <Rail />
      <main id="main" tabIndex={-1} className={styles['main']}>
        <Outlet />
      </main>
      <Suspense>
        {open === 'search' && <SearchDialog onClose={close} />}
        {open === 'help' && <HelpDialog onClose={close} />}
      </Suspense>
    </div>
  );
};

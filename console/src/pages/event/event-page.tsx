// One event as a page of its own.
import type { ReactNode } from 'react';
import { CellMenus } from '../../ui/cell-menu.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { usePathId } from '../../url/use-path-id.ts';
import { useSearchState } from '../../url/use-search.ts';
import { EventDetail } from './event-detail.tsx';
import { EventSearchSchema } from './event-search.ts';
import styles from './event.module.css';

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(EventSearchSchema);
  return (
    <PageFrame
      title={`Event ${id}`}
      heading={
        <>
          Event{' '}
          <code className={styles['id']}>
            <VisibleText text={id} />
          </code>
        </>
      }
      lead={<PageLink href={`/events?event=${encodeURIComponent(id)}`}>In the list of events</PageLink>}
    >
      <CellMenus>
        <div className={styles['page']}>
          <EventDetail
            id={id}
            edit={{
              isOpen: search.open === 'edit',
              setIsOpen: (isOpen) => {
                setSearch({ open: isOpen ? 'edit' : '' }, { replace: true });
              },
            }}
          />
        </div>
      </CellMenus>
    </PageFrame>
  );
};

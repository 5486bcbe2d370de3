// One event beside the list.
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { useOpenPage } from '../../ui/page-link.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { EventDetail } from '../event/event-detail.tsx';
import styles from './events.module.css';
import { type EventsState, propertyEntries, valueEntries } from './use-filters.ts';

export const EventPanel = ({ id, state }: { readonly id: string; readonly state: EventsState }): ReactNode => {
  const openPage = useOpenPage();
  return (
    <>
      <div className={styles['panelTop']}>
        <h2>
          <VisibleText text={id} />
        </h2>
        <div className={styles['buttons']}>
          <IconButton
            icon="open"
            label="Open as a page"
            onClick={() => {
              openPage(`/events/${encodeURIComponent(id)}`);
            }}
          />
          <IconButton
            icon="cross"
            label="Close the panel"
            shortcut="Esc"
            onClick={() => state.setSearch({ event: '' })}
          />
        </div>
      </div>
      <div className={styles['panelBody']}>
        <EventDetail
          id={id}
          propertyEntries={(key, value) => propertyEntries(state, key, value)}
          valueEntries={(column, header, value) => valueEntries(state, column, header, value)}
        />
      </div>
    </>
  );
};

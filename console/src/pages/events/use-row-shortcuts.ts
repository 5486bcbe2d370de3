// Keys for the row that is focused, or open beside the list.
import { copyText } from '../../ui/announce.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import type { ListedEvent } from './event-fields.ts';
import { type EventsState, excludePatch } from './use-filters.ts';

export const useRowShortcuts = ({ search, setSearch }: EventsState, events: readonly ListedEvent[]): void => {
  const rowInUse = (): ListedEvent | undefined => {
    const id = document.activeElement?.closest('[data-row]')?.getAttribute('data-row') ?? search.event;
    return events.find((event) => event.id === id);
  };
  useShortcuts({
    x: () => {
      const event = rowInUse();
      if (event) setSearch(excludePatch(search, 'name', event.event_name));
    },
    y: () => {
      const event = rowInUse();
      if (event) void copyText(event.id, 'the id');
    },
    Escape: () => setSearch({ event: '' }),
  });
};

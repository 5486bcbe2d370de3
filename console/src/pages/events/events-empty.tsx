// The list without rows: nothing was sent yet, or nothing matches, or nothing matched so far.
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Code } from '../../ui/code.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { NothingMatches, NothingYet } from '../../ui/states.tsx';
import { hasFilter } from './events-call.ts';
import { noFilters } from './filter-bar.tsx';
import type { EventsState } from './use-filters.ts';

interface NoEventsProps {
  readonly state: EventsState;
  readonly examined: number;
  /** The control that goes on, if the list is not at its end. */
  readonly more: ReactNode;
}

const example = `echo '{"event_name":"api_call","external_customer_id":"acme"}' | npx tollgate send`;

export const NoEvents = ({ state: { search, setSearch }, examined, more }: NoEventsProps): ReactNode => {
  if (more !== undefined)
    return (
      <NothingMatches title={`None of the ${groupedDigits(examined)} newest events matches`} actions={more}>
        The list was not read to its end: one request examines at most 10,000 events.
      </NothingMatches>
    );
  if (hasFilter(search))
    return (
      <NothingMatches
        title="No events match these filters"
        actions={
          <>
            <Button onClick={() => setSearch(noFilters)}>Clear all filters</Button>
            {search.range !== '30d' && <Button onClick={() => setSearch({ range: '30d' })}>Last 30 days</Button>}
          </>
        }
      >
        {examined > 0 && `${groupedDigits(examined)} events of the range were examined.`}
      </NothingMatches>
    );
  return (
    <NothingYet
      title="No events in this range"
      actions={search.range !== '30d' && <Button onClick={() => setSearch({ range: '30d' })}>Last 30 days</Button>}
    >
      <p>Events appear here a moment after they were accepted. This sends one:</p>
      <Code text={example} what="the command" />
    </NothingYet>
  );
};

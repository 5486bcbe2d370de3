// The filters of the list: the verdict, chips for what is set, and a dialog that adds more.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import type { MenuEntry } from '../../ui/menu-entries.ts';
import { Menu } from '../../ui/menu.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { type VerdictKind, verdictLooks } from '../../ui/verdict.ts';
import { textOfList, listOf } from '../../url/search-fields.ts';
import { columnKinds } from './event-columns.ts';
import { propertyOfColumn } from './event-fields.ts';
import { chosenVerdicts, type VerdictFilter, verdictFilters } from './events-call.ts';
import styles from './events.module.css';
import { type EventsState, oneValueFilters } from './use-filters.ts';
import { warningText } from '../event/warning-words.ts';

const AddFilter = lazy(async () => ({ default: (await import('./add-filter.tsx')).AddFilter }));

const causes = ['customer', 'meter', 'price', 'subscription'] as const satisfies readonly VerdictKind[];
const words = (filter: VerdictFilter): string => (filter === 'failed' ? 'not billed' : verdictLooks[filter].text);

const VerdictMenu = ({ state: { search, setSearch } }: { readonly state: EventsState }): ReactNode => {
  const chosen = verdictFilters(search);
  const entry = (kind: VerdictFilter): MenuEntry => ({
    label: words(kind),
    ...(kind !== 'failed' && { icon: verdictLooks[kind].icon }),
    isChecked: chosen.includes(kind),
    onAction: () => setSearch({ verdict: textOfList(chosenVerdicts(chosen, kind)) }),
  });
  const isArrival = search.decided === 'arrival';
  return (
    <Menu
      label="Verdict"
      entries={[
        { label: 'any verdict', isChecked: chosen.length === 0, onAction: () => setSearch({ verdict: '' }) },
        entry('billed'),
        entry('warned'),
        entry('failed'),
        { kind: 'line' },
        ...causes.map(entry),
        { kind: 'line' },
        entry('conflict'),
        { kind: 'line' },
        {
          label: 'by the catalog of now',
          isChecked: !isArrival,
          onAction: () => setSearch({ decided: '' }),
        },
        {
          label: 'as decided on arrival',
          isChecked: isArrival,
          onAction: () => setSearch({ decided: 'arrival' }),
        },
      ]}
    />
  );
};

const headerOf = (column: string): string =>
  propertyOfColumn(column) ?? (columnKinds.find(({ id }) => id === column)?.header ?? column).toLowerCase();

const without = (list: string, text: string): string => textOfList(listOf(list).filter((other) => other !== text));

const Chips = ({ state: { search, setSearch } }: { readonly state: EventsState }): ReactNode => (
  <>
    {verdictFilters(search).map((kind) => (
      <Chip
        key={kind}
        name="verdict"
        value={words(kind)}
        onRemove={() => setSearch({ verdict: without(search.verdict, kind) })}
      />
    ))}
    {search.decided === 'arrival' && (
      <Chip name="verdict" value="as decided on arrival" onRemove={() => setSearch({ decided: '' })} />
    )}
    {(['name', 'customer', 'source'] as const).map((field) =>
      search[field] === '' ? null : (
        <Chip
          key={field}
          name={oneValueFilters[field]}
          value={search[field]}
          onRemove={() => setSearch({ [field]: '' })}
        />
      ),
    )}
    {listOf(search.property).map((pair) => (
      <Chip
        key={pair}
        name={pair.slice(0, pair.indexOf('='))}
        value={pair.slice(pair.indexOf('=') + 1)}
        onRemove={() => setSearch({ property: without(search.property, pair) })}
      />
    ))}
    {listOf(search.warning).map((code) => (
      <Chip
        key={code}
        name="warning"
        value={warningText(code)}
        onRemove={() => setSearch({ warning: without(search.warning, code) })}
      />
    ))}
    {search.conflicts === '1' && (
      <Chip name="conflict" value="sent again with other content" onRemove={() => setSearch({ conflicts: '' })} />
    )}
    {listOf(search.not).map((pair) => (
      <Chip
        key={pair}
        name={headerOf(pair.slice(0, pair.indexOf('=')))}
        value={pair.slice(pair.indexOf('=') + 1) || 'empty'}
        isNegated
        onRemove={() => setSearch({ not: without(search.not, pair) })}
      />
    ))}
  </>
);

/** The change of the URL that removes all filters. */
export const noFilters = {
  verdict: '',
  decided: '',
  name: '',
  customer: '',
  source: '',
  property: '',
  warning: '',
  conflicts: '',
  not: '',
} as const;

export const FilterBar = ({ state }: { readonly state: EventsState }): ReactNode => {
  const [isAdding, setIsAdding] = useState(false);
  useShortcuts({ f: () => setIsAdding(true) });
  const hasAny = Object.keys(noFilters).some((field) =>
    Object.entries(state.search).some(([name, text]) => name === field && text !== ''),
  );
  return (
    <div className={styles['filters']} role="group" aria-label="Filters">
      <VerdictMenu state={state} />
      <Button icon="filter" onClick={() => setIsAdding(true)}>
        Filter
      </Button>
      <Chips state={state} />
      {hasAny && (
        <Button look="quiet" onClick={() => state.setSearch(noFilters)}>
          Clear all
        </Button>
      )}
      {isAdding && (
        <Suspense>
          <AddFilter state={state} onClose={() => setIsAdding(false)} />
        </Suspense>
      )}
    </div>
  );
};

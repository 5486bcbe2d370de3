// A dialog that adds one filter, with suggestions from what was sent lately and from the catalog.
import { type ReactNode, useDeferredValue, useState } from 'react';
import { routes } from '../../../../shared/api/http/routes.ts';
import { useApi } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { mayCall } from '../../session/whoami.ts';
import { Button } from '../../ui/button.tsx';
import { ComboBox, type Suggestion } from '../../ui/combo-box.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { toggled } from '../../url/search-fields.ts';
import { columnOfProperty } from './event-fields.ts';
import styles from './events.module.css';
import { type EventsState, excludePatch, filterPatch } from './use-filters.ts';
import { listedWarningCodes, warningText } from '../event/warning-words.ts';

const kinds = [
  { value: 'name', label: 'Event name' },
  { value: 'customer', label: 'Customer' },
  { value: 'source', label: 'Source' },
  { value: 'property', label: 'Property' },
  { value: 'warning', label: 'Warning' },
  { value: 'conflicts', label: 'Sent again with other content' },
] as const;
type Kind = (typeof kinds)[number]['value'];

/** Returns suggestions for what is typed. */
const useSuggestions = (kind: Kind, text: string): readonly Suggestion[] => {
  const { who } = useSession();
  const names = useApi(kind === 'name' ? { route: 'listEventNames', query: { search: text, limit: 50 } } : undefined);
  const customers = useApi(
    kind === 'customer' && mayCall(who, routes.listCustomers.roles)
      ? { route: 'listCustomers', query: { limit: 200 } }
      : undefined,
  );
  if (kind === 'name')
    return (names.data?.names ?? []).map(({ event_name: value, has_meter: hasMeter }) => ({
      value,
      note: hasMeter ? '' : 'no meter',
    }));
  return (customers.data?.items ?? [])
    .filter(({ external_id: id, name }) => `${id} ${name}`.toLowerCase().includes(text.toLowerCase()))
    .map(({ external_id: value, name }) => ({ value, note: name }));
};

export const AddFilter = ({
  state,
  onClose,
}: {
  readonly state: EventsState;
  readonly onClose: () => void;
}): ReactNode => {
  const { search, setSearch } = state;
  const [kind, setKind] = useState<Kind>('name');
  const [isExcluded, setIsExcluded] = useState<'is' | 'is not'>('is');
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const [code, setCode] = useState(listedWarningCodes[0] ?? '');
  const suggestions = useSuggestions(kind, useDeferredValue(value));
  const column = kind === 'property' ? columnOfProperty(key) : kind;
  const patch = () => {
    if (kind === 'conflicts') return { conflicts: '1' as const };
    if (kind === 'warning') return { warning: toggled(search.warning, code) };
    return isExcluded === 'is not' ? excludePatch(search, column, value) : filterPatch(search, column, value);
  };
  const hasValue = kind === 'name' || kind === 'customer' || kind === 'source' || kind === 'property';
  const isReady = !hasValue || ((value !== '' || isExcluded === 'is not') && (kind !== 'property' || key !== ''));
  return (
    <Dialog
      title="Add a filter"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="add-filter" disabled={!isReady}>
            Add
          </Button>
        </>
      }
    >
      <form
        id="add-filter"
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const change = patch();
          if (isReady && change) setSearch(change);
          onClose();
        }}
      >
        <Select label="Field" value={kind} options={kinds} onChange={setKind} />
        {kind === 'property' && <TextField label="Name of the property" value={key} onChange={setKey} isMono />}
        {hasValue && (
          <Select
            label="Condition"
            value={isExcluded}
            options={[
              { value: 'is', label: 'is' },
              { value: 'is not', label: 'is not (among the rows that are loaded)' },
            ]}
            onChange={setIsExcluded}
          />
        )}
        {(kind === 'name' || kind === 'customer') && (
          <ComboBox label="Value" value={value} suggestions={suggestions} onChange={setValue} />
        )}
        {(kind === 'source' || kind === 'property') && (
          <TextField label="Value" value={value} onChange={setValue} isMono />
        )}
        {kind === 'warning' && (
          <Select
            label="Warning"
            value={code}
            options={listedWarningCodes.map((one) => ({ value: one, label: warningText(one) }))}
            onChange={setCode}
          />
        )}
      </form>
    </Dialog>
  );
};

// The search: an id opens what it is of; other text finds customers, event names and pages.
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useState } from 'react';
import { routes } from '../../../shared/api/http/routes.ts';
import { useApi } from '../api/use-api.ts';
import { useSession } from '../session/session-store.ts';
import { mayCall } from '../session/whoami.ts';
import { Dialog } from '../ui/dialog.tsx';
import { useOpenPage } from '../ui/page-link.tsx';
import styles from './search-dialog.module.css';
import { idTargets, pageTargets, type Target } from './search-targets.ts';

const shownCustomers = 6;

const useTargets = (text: string): readonly Target[] => {
  const { who } = useSession();
  const mayNames = mayCall(who, routes.listEventNames.roles);
  const mayCustomers = mayCall(who, routes.searchCustomers.roles);
  const names = useApi(
    mayNames && text !== '' ? { route: 'listEventNames', query: { search: text, limit: 6 } } : undefined,
  );
  const customers = useApi(mayCustomers && text !== '' ? { route: 'listCustomers', query: { limit: 100 } } : undefined);
  const wanted = text.toLowerCase();
  const found = (customers.data?.items ?? []).filter(
    ({ external_id: id, name }) => id.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted),
  );
  if (text === '') return pageTargets('');
  return [
    ...found.slice(0, shownCustomers).map(({ external_id: id, name }) => ({
      label: name === '' ? id : `${name} (${id})`,
      note: 'events of this customer',
      href: `/events?customer=${encodeURIComponent(id)}`,
    })),
    ...(names.data?.names ?? []).map(({ event_name: name }) => ({
      label: name,
      note: 'events of this name',
      href: `/events?name=${encodeURIComponent(name)}`,
    })),
    ...pageTargets(text),
    ...idTargets(text),
  ];
};

export const SearchDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const id = useId();
  const openPage = useOpenPage();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const targets = useTargets(useDeferredValue(text.trim()));
  const active = Math.min(chosen, targets.length - 1);
  const open = (target: Target | undefined): void => {
    if (!target) return;
    onClose();
    openPage(target.href);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((active + step + targets.length) % targets.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(targets[active]);
    }
  };
  return (
    <Dialog title="Search" onClose={onClose}>
      <input
        className={styles['input']}
        role="combobox"
        aria-label="Search customers, event names and pages, or paste an id"
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={`${id}-${String(active)}`}
        placeholder="Customer, event name, page, or an id"
        autoFocus
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" aria-label="Results" className={styles['list']}>
        {targets.map((target, index) => (
          <li
            key={target.href}
            id={`${id}-${String(index)}`}
            role="option"
            aria-selected={index === active}
            className={styles['item']}
            onClick={() => {
              open(target);
            }}
          >
            <span className={styles['label']}>{target.label}</span>
            <span className={styles['note']}>{target.note}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
};

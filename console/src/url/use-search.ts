// The state of a page in the URL: filters, range, columns, the selected row.
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import * as v from 'valibot';
import { parseSearch, stringifySearch } from './search-text.ts';

type Texts = Readonly<Record<string, string>>;

export interface SearchState<T> {
  readonly search: T;
  /** Changes some fields. A new entry of the history by default; `replace` for what a reader would not go back to. */
  readonly setSearch: (patch: Partial<T>, how?: { readonly replace?: boolean }) => void;
  /** Returns the address of this page with some fields changed. */
  readonly hrefOf: (patch: Partial<T>) => string;
}

/** Returns the fields that are not the default. */
const shown = (schema: v.GenericSchema<unknown, Texts>, fields: Texts): Texts => {
  const defaults = v.parse(schema, {});
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== (defaults[name] ?? '')));
};

export const useSearchState = <T extends Texts>(schema: v.GenericSchema<unknown, T>): SearchState<T> => {
  const { pathname, searchStr } = useLocation();
  const navigate = useNavigate();
  const search = useMemo(() => v.parse(schema, parseSearch(searchStr)), [schema, searchStr]);
  const setSearch = useCallback(
    (patch: Partial<T>, { replace = false } = {}) => {
      const now = v.parse(schema, parseSearch(window.location.search));
      void navigate({ to: pathname, search: shown(schema, { ...now, ...patch }), replace, resetScroll: false });
    },
    [navigate, pathname, schema],
  );
  const hrefOf = useCallback(
    (patch: Partial<T>) => pathname + stringifySearch(shown(schema, { ...search, ...patch })),
    [pathname, schema, search],
  );
  return { search, setSearch, hrefOf };
};

// The page of a list of entities: search, status, sort, and the rows that are loaded so far. Everything but the rows is in the URL.
import { type ReactNode, useRef } from 'react';
import type { RouteId } from '../../../../shared/api/http/routes.ts';
import { useApiPages } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { Select } from '../../ui/fields.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { Loaded, NothingMatches, NothingYet } from '../../ui/states.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { ActionButton } from './action-button.tsx';
import { ListSearchSchema, nextSort } from './list-search.ts';
import { type ListSpec, searchedField } from './list-spec.ts';
import styles from './resource.module.css';
import { SearchBox } from './search-box.tsx';

interface ListPageProps<Id extends RouteId, Row> {
  readonly spec: ListSpec<Id, Row>;
  /** Above the filters: the kinds of the catalog. */
  readonly tabs?: ReactNode;
}

export const ListPage = <Id extends RouteId, Row>({ spec, tabs }: ListPageProps<Id, Row>): ReactNode => {
  const { search, setSearch } = useSearchState(ListSearchSchema);
  const bar = useRef<HTMLDivElement>(null);
  const query = useApiPages<Id>({
    callOf: (cursor) => spec.callOf(search, Number(cursor ?? '0')),
    cursorOf: (answer) => {
      const { pagination } = spec.pageOf(answer);
      return pagination.offset < pagination.total ? String(pagination.offset) : undefined;
    },
  });
  useShortcuts({
    f: () => {
      bar.current?.querySelector('input')?.focus();
    },
  });
  const only = (['customer', 'plan', 'meter'] as const).filter((name) => search[name] !== '');
  const isFiltered = search.search !== '' || search.status !== '' || only.length > 0;
  const create = (
    <ActionButton route={spec.createRoute} href={spec.newHref} look="primary" icon="plus">
      New {spec.noun}
    </ActionButton>
  );
  const field = searchedField(search, spec.searchFields);
  const fieldLabel = spec.searchFields.find((one) => one.field === field)?.label ?? '';
  return (
    <PageFrame
      title={search.search === '' ? spec.title : `${spec.title}: ${search.search}`}
      heading={spec.title}
      layout="fill"
      actions={
        <>
          {create}
          <CallButton call={spec.callOf(search, 0)} />
        </>
      }
      bar={
        <>
          {tabs}
          <div ref={bar} className={styles['bar']} role="search" aria-label={`Search ${spec.plural}`}>
            {spec.searchFields.length > 1 && (
              <Select
                label="Field to search"
                isLabelHidden
                value={field}
                options={spec.searchFields.map((one) => ({ value: one.field, label: one.label }))}
                onChange={(chosen) => {
                  setSearch({ field: chosen === spec.searchFields[0]?.field ? '' : chosen }, { replace: true });
                }}
              />
            )}
            <SearchBox
              label={`Search ${spec.plural} by ${fieldLabel.toLowerCase()}`}
              placeholder={`${fieldLabel} contains …`}
              value={search.search}
              onChange={(text) => {
                setSearch({ search: text }, { replace: true });
              }}
            />
            <Select
              label="Status"
              isLabelHidden
              value={search.status}
              options={spec.statuses}
              onChange={(status) => {
                setSearch({ status });
              }}
            />
            {only.map((name) => (
              <Chip
                key={name}
                name={name}
                value={search[name]}
                onRemove={() => {
                  setSearch({ [name]: '' });
                }}
              />
            ))}
          </div>
        </>
      }
    >
      <Loaded query={query}>
        {(pages) => {
          const read = pages.map(spec.pageOf);
          const total = read[0]?.pagination.total ?? 0;
          const all = read.flatMap(({ items }) => items);
          const { matches } = spec;
          const rows = matches ? all.filter((row) => matches(row, search)) : all;
          if (rows.length === 0) {
            return isFiltered ? (
              <NothingMatches
                title={`No ${spec.noun} matches`}
                actions={
                  <Button
                    onClick={() => {
                      setSearch({ search: '', status: '', customer: '', plan: '', meter: '' });
                    }}
                  >
                    Remove the filters
                  </Button>
                }
              >
                {search.search === ''
                  ? 'None has this status or belongs to what is asked for.'
                  : `${fieldLabel} contains “${search.search}”.`}
              </NothingMatches>
            ) : (
              <NothingYet title={`No ${spec.plural} yet`} actions={create}>
                {spec.about}
              </NothingYet>
            );
          }
          const shown = matches && search.search !== '' ? rows.length : total;
          return (
            <DataTable
              label={spec.title}
              rows={rows}
              keyOf={spec.keyOf}
              hrefOf={spec.hrefOf}
              hasMore={query.hasNextPage}
              columns={spec.columns.map(({ sortsBy, ...column }) => ({
                ...column,
                ...(sortsBy !== undefined && {
                  sort:
                    search.sort !== sortsBy
                      ? ('none' as const)
                      : search.order === 'asc'
                        ? ('ascending' as const)
                        : ('descending' as const),
                  onSort: () => {
                    setSearch(nextSort(search, sortsBy), { replace: true });
                  },
                }),
              }))}
              foot={
                <>
                  <span>
                    {groupedDigits(rows.length)} of {groupedDigits(shown)}
                    {total >= 10_000 && ' or more'} {shown === 1 ? spec.noun : spec.plural}
                  </span>
                  {query.hasNextPage && (
                    <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                      Load more
                    </Button>
                  )}
                </>
              }
            />
          );
        }}
      </Loaded>
    </PageFrame>
  );
};

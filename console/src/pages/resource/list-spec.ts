// A list of entities as data: which call answers it, what may be searched and sorted, and what its rows show.
import type { RouteId } from '../../../../shared/api/http/routes.ts';
import type { AnswerOf } from '../../api/answers.ts';
import type { Call } from '../../api/call.ts';
import type { Column } from '../../ui/data-table.tsx';
import type { Choice } from '../../forms/field-spec.ts';
import type { ListSearch } from './list-search.ts';

export interface SearchField {
  /** The name of the field in the API. */
  readonly field: string;
  readonly label: string;
}

interface ListColumn<Row> extends Omit<Column<Row>, 'sort' | 'onSort'> {
  /** The field by which the API sorts. */
  readonly sortsBy?: string;
}

interface Page<Row> {
  readonly items: readonly Row[];
  readonly pagination: { readonly total: number; readonly limit: number; readonly offset: number };
}

export interface ListSpec<Id extends RouteId, Row> {
  readonly title: string;
  /** `customer`, `customers`: for sentences. */
  readonly noun: string;
  readonly plural: string;
  readonly createRoute: RouteId;
  readonly newHref: string;
  readonly callOf: (search: ListSearch, offset: number) => Call<Id>;
  readonly pageOf: (answer: AnswerOf<Id>) => Page<Row>;
  readonly searchFields: readonly SearchField[];
  readonly statuses: readonly Choice[];
  readonly columns: readonly ListColumn<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly hrefOf: (row: Row) => string;
  /** Says what these are, and how the first one comes. */
  readonly about: string;
  /** Searches what was read, for a list that the API does not search. */
  readonly matches?: (row: Row, search: ListSearch) => boolean;
}

const pageSize = 100;

/** Returns the field that is searched. */
export const searchedField = (search: ListSearch, fields: readonly SearchField[]): string =>
  fields.find(({ field }) => field === search.field)?.field ?? fields[0]?.field ?? '';

const parameters = (search: ListSearch, offset: number) => ({
  limit: pageSize,
  ...(offset > 0 && { offset }),
});

/** Returns the query of a list that the API does not search. */
export const listQuery = (search: ListSearch, offset: number) => ({
  ...parameters(search, offset),
  ...(search.status !== '' && { status: search.status }),
  ...(search.sort !== '' && { sort: search.sort, order: search.order === '' ? 'desc' : search.order }),
});

/** Returns the body of a search: texts contain what is searched for, in any case of letters. */
export const searchBody = (search: ListSearch, offset: number, fields: readonly SearchField[]) => ({
  ...parameters(search, offset),
  ...(search.status !== '' && { status: search.status }),
  ...(search.sort !== '' && { sort: [{ field: search.sort, direction: search.order === '' ? 'desc' : search.order }] }),
  ...(search.search !== '' && {
    filters: [{ field: searchedField(search, fields), operator: 'contains', value: { string: search.search } }],
  }),
});

export const entityStatuses: readonly Choice[] = [
  { value: '', label: 'Any status' },
  { value: 'published', label: 'Published' },
  { value: 'archived', label: 'Archived' },
];

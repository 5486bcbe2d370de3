// The type of the state of the query tool in the URL.
import type { SearchState } from '../../url/use-search.ts';
import type { QuerySearch } from './query-search.ts';

export type QueryState = SearchState<QuerySearch>;

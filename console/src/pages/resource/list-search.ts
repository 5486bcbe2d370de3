// The state of a list of entities in the URL.
import * as v from 'valibot';
import { textField, wordField } from '../../url/search-fields.ts';

export const ListSearchSchema = v.object({
  /** The text that is searched for. */
  search: textField,
  /** The field that is searched; "" is the first that the list offers. */
  field: textField,
  status: textField,
  sort: textField,
  order: wordField('', 'asc', 'desc'),
  /** Only those of a customer (external id), of a plan, of a meter. */
  customer: textField,
  plan: textField,
  meter: textField,
});
export type ListSearch = v.InferOutput<typeof ListSearchSchema>;

/** The state of the page of one entity. */
export const DetailSearchSchema = v.object({
  /** The form that is open instead of the facts. */
  edit: textField,
});

/** Returns the sort after a click on a column: ascending, descending, then that of the list. */
export const nextSort = (search: ListSearch, column: string): Pick<ListSearch, 'sort' | 'order'> => {
  if (search.sort !== column) return { sort: column, order: 'asc' };
  return search.order === 'asc' ? { sort: column, order: 'desc' } : { sort: '', order: '' };
};

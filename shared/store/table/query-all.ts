// Reads a query to its end: a page that names a next one is never taken for the whole.
import type { Table, TableQuery } from './table.ts';

/** Page by page; the next one is asked for when it is wanted. `limit` bounds each page, not the whole. */
export async function* queryAll(table: Table, query: TableQuery): AsyncGenerator<readonly unknown[]> {
  let after = query.after;
  do {
    const { items, next } = await table.query({ ...query, ...(after !== undefined && { after }) });
    yield items;
    after = next;
  } while (after !== undefined);
}

// Moves from one page of a list to the next.
import { CliFailure } from '../process/failure.ts';

/** Cursor to send with the next request; empty for the first page. */
export interface ListCursor {
  readonly iter_last_key?: string;
}

/** Returns the next cursor; undefined after the last page. Throws CliFailure if the list has more but does not say where. */
export const goOn = (
  { iter_last_key: sent }: ListCursor,
  page: { readonly has_more: boolean; readonly iter_last_key?: string | undefined },
): ListCursor | undefined => {
  if (!page.has_more) return undefined;
  const { iter_last_key: next } = page;
  if (next !== undefined && next !== sent) return { iter_last_key: next };
  const what = next === undefined ? 'returned no cursor' : `returned the cursor that it was sent, ${next}`;
  throw new CliFailure(`The list cannot continue: the deployment says that there is more, but ${what}.`);
};

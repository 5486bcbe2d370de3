// From one page of a list to the next.
import { CliFailure } from '../process/failure.ts';

/** As it is sent with the next request; empty for the first page. */
export interface ListCursor {
  readonly iter_last_key?: string;
}

/** undefined: that was the last page. Throws CliFailure when the list says that there is more, and does not say where. */
export const goOn = (
  { iter_last_key: sent }: ListCursor,
  page: { readonly has_more: boolean; readonly iter_last_key?: string | undefined },
): ListCursor | undefined => {
  if (!page.has_more) return undefined;
  const { iter_last_key: next } = page;
  if (next !== undefined && next !== sent) return { iter_last_key: next };
  const what = next === undefined ? 'gives no cursor to it' : `gives the cursor again that it was sent, ${next}`;
  throw new CliFailure(`The list does not go on: the deployment says that there is more, but ${what}.`);
};

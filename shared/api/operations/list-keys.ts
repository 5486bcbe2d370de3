// What the two cursors of event lists mean in a request; the words of what an answer gives are in `bodies/events.ts`.

export const listKeys = {
  first:
    'The `iter_first_key` of a list that is newest first: only what is newer, in either order. With `iter_last_key` too, only what both leave.',
  last: 'The `iter_last_key` of a page: what comes after that page, in the order of the list. Send all else as it was.',
} as const;

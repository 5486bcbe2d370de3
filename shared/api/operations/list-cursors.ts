// Descriptions of the two cursors of event lists in requests; those in answers are in `bodies/events.ts`.

export const listKeys = {
  first:
    'The `iter_first_key` of a list that is newest first: only newer events, in either order. Together with `iter_last_key`, only events that meet both.',
  last: 'The `iter_last_key` of a page: only events after that page, in the order of the list. Send everything else unchanged.',
} as const;

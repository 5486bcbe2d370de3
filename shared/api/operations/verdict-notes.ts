// Notes on the fields that ask for verdicts, in both requests for lists of events.
export const verdictNotes = {
  status:
    'Only events with one of these verdicts. With this or another filter by verdict, one request examines at most 10,000 events, of 1,000 customers, for 15 seconds; a page may be short, and `iter_last_key` goes on after the last event examined. Such a list has no total, no `offset` and no `sort` by name.',
  failure_point_types: 'Only events whose first step that found nothing is one of these.',
  warning_codes:
    'Only events with one of these warnings; with `decided` arrival, those that were stored, which `rounded_number` never is.',
  conflicts_only: 'Only events whose id was sent again with other content; examines at most 2,000 of those left.',
  decided: '`now`: by the catalog of now; `arrival`: by what was decided when the event came.',
  expand: '`verdict`: each event shows its verdict; a page may be shorter, because one request decides so many.',
};

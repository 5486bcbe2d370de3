// Time zones that are hard on windows, with instants around which their clocks change.

export interface ZoneCase {
  readonly timezone: string;
  /** UTC milliseconds of a change of its offset, or any instant of a zone without one. */
  readonly change: number;
}

const at = (text: string): number => Date.parse(text);

export const zoneCases: readonly ZoneCase[] = [
  { timezone: 'UTC', change: at('2026-03-01T00:00:00Z') },
  { timezone: 'Asia/Kolkata', change: at('2026-02-28T18:30:00Z') },
  { timezone: 'Asia/Kathmandu', change: at('2026-02-28T18:15:00Z') },
  { timezone: 'America/New_York', change: at('2026-03-08T07:00:00Z') },
  { timezone: 'America/New_York', change: at('2026-11-01T06:00:00Z') },
  { timezone: 'Europe/Berlin', change: at('2026-03-29T01:00:00Z') },
  { timezone: 'Europe/Berlin', change: at('2026-10-25T01:00:00Z') },
  { timezone: 'Europe/London', change: at('2026-03-29T01:00:00Z') },
  { timezone: 'Europe/London', change: at('2026-10-25T01:00:00Z') },
  // Half an hour.
  { timezone: 'Australia/Lord_Howe', change: at('2026-04-04T15:00:00Z') },
  { timezone: 'Australia/Lord_Howe', change: at('2026-10-03T15:30:00Z') },
  // Midnight does not exist, or exists twice.
  { timezone: 'Atlantic/Azores', change: at('2026-03-29T01:00:00Z') },
  { timezone: 'Atlantic/Azores', change: at('2026-10-25T01:00:00Z') },
  { timezone: 'America/Santiago', change: at('2026-09-06T04:00:00Z') },
  { timezone: 'America/Santiago', change: at('2026-04-05T03:00:00Z') },
  { timezone: 'America/Havana', change: at('2026-03-08T05:00:00Z') },
  { timezone: 'America/Havana', change: at('2026-11-01T05:00:00Z') },
  { timezone: 'Africa/Cairo', change: at('2026-04-23T22:00:00Z') },
  { timezone: 'Africa/Cairo', change: at('2026-10-29T21:00:00Z') },
  { timezone: 'Asia/Beirut', change: at('2026-03-28T22:00:00Z') },
  { timezone: 'Asia/Beirut', change: at('2026-10-24T21:00:00Z') },
];

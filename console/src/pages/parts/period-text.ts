// Billing periods as texts, by the clock of the subscription that they belong to.
import { toCivil } from '../../../../shared/domain/time/civil-time.ts';
import type { ResolvedRange } from '../../url/range.ts';

/** Returns `2026-11-01` for a midnight of the zone, else `2026-11-01 09:30`. */
export const instantInZone = (instant: string, zone: string): string => {
  const civil = new Date(toCivil(Date.parse(instant), zone)).toISOString();
  const clock = civil.slice(11, 16);
  return clock === '00:00' ? civil.slice(0, 10) : `${civil.slice(0, 10)} ${clock}`;
};

/** Returns the period in its zone, which is named. */
export const periodText = ({ start, end }: ResolvedRange, zone: string): string =>
  `${instantInZone(start, zone)} – ${instantInZone(end, zone)} ${zone}`;

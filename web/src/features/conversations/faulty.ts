import type { RecordingsAsked } from '@/api/recordings';
import { addDays, startOfDayUs } from '@/lib/hours';

export type FaultyState = RecordingsAsked['state'];

export const FAULTY: readonly FaultyState[] = ['failed', 'missing', 'erased', 'held'];

/** When a day begins in a zone, or so many days later; nothing for what is no day. */
function dayUs(zone: string, day: string | null, later = 0): number | undefined {
  if (day === null || !/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) return undefined;
  return startOfDayUs(zone, addDays(day, later));
}

/** What the address asks for, its days those of the zone; the last one counts as a whole. */
export function faultyAsked(search: URLSearchParams, zone: string): RecordingsAsked {
  const from_us = dayUs(zone, search.get('from'));
  const to_us = dayUs(zone, search.get('to'), 1);
  return {
    state: FAULTY.find((one) => one === search.get('state')) ?? 'failed',
    ...(from_us === undefined ? {} : { from_us }),
    ...(to_us === undefined ? {} : { to_us }),
  };
}

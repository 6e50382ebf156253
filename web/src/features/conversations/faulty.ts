import type { RecordingsAsked } from '@/api/recordings';

export type FaultyState = RecordingsAsked['state'];

export const FAULTY: readonly FaultyState[] = ['failed', 'missing', 'erased', 'held'];

/** Midnight at the start of a day in this browser's zone, or nothing for what is no day. */
function dayUs(day: string | null, later = 0): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '');
  if (parts === null) return undefined;
  const [year = 0, month = 0, date = 0] = parts.slice(1).map(Number);
  return new Date(year, month - 1, date + later).getTime() * 1000;
}

/** What the address asks for; the last day counts as a whole. */
export function faultyAsked(search: URLSearchParams): RecordingsAsked {
  const from_us = dayUs(search.get('from'));
  const to_us = dayUs(search.get('to'), 1);
  return {
    state: FAULTY.find((one) => one === search.get('state')) ?? 'failed',
    ...(from_us === undefined ? {} : { from_us }),
    ...(to_us === undefined ? {} : { to_us }),
  };
}

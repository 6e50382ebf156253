const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long an entry is good for, as people choose it. */
export const UNTIL = ['day', 'week', 'month', 'date', 'ever'] as const;
export type Until = (typeof UNTIL)[number];

/** The clock of a page ticks once a second, and may be that late. */
const LATE_MS = 2_000;
const DAYS = { day: 1, week: 7, month: 30 } as const;

/** The end of what was chosen; none is for ever. A date is good to its last moment, by the clock of whoever chooses it. */
export function endOf(until: Until, date: string, nowMs: number): number | null {
  if (until === 'ever') return null;
  if (until !== 'date') return (nowMs + DAYS[until] * DAY_MS) * 1_000;
  const end = new Date(`${date}T23:59:59.999`);
  return Number.isNaN(end.getTime()) ? null : end.getTime() * 1_000;
}

export interface Left {
  readonly unit: 'ever' | 'over' | 'minutes' | 'hours' | 'days';
  readonly count: number;
}

/** What is left until an end in its largest unit, rounded up: of what was given seven days, seven are left. */
export function leftOf(expiresAtUs: number | null, nowMs: number): Left {
  if (expiresAtUs === null) return { unit: 'ever', count: 0 };
  const exact = expiresAtUs / 1_000 - nowMs;
  if (!(exact > 0)) return { unit: 'over', count: 0 };
  const left = exact - LATE_MS;
  if (left <= HOUR_MS) return { unit: 'minutes', count: Math.max(1, Math.ceil(left / MINUTE_MS)) };
  if (left <= DAY_MS) return { unit: 'hours', count: Math.ceil(left / HOUR_MS) };
  return { unit: 'days', count: Math.ceil(left / DAY_MS) };
}

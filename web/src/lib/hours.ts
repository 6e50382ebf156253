/** Opening hours are counted in minutes since midnight; dates are ISO texts, so that no time zone can shift them. */

export const DAY_MINUTES = 1440;

/** The days of the week, 0 = Monday, by the names of their words. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export interface Part {
  readonly from_minute: number;
  readonly to_minute: number;
}

/** 570 → 09:30; the end of the day is 24:00. */
export function clockOf(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Reads what people type: 9, 930, 9:30, 9：30, 24:00. `null` when it is no time of a day. */
export function minuteOf(text: string): number | null {
  const plain = text.trim().replace(/[：.]/, ':');
  const match = /^(\d{1,2}):(\d{2})$/.exec(plain) ?? /^(\d{1,2})(\d{2})?$/.exec(plain);
  if (match === null) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  const total = hours * 60 + minutes;
  return minutes > 59 || total > DAY_MINUTES ? null : total;
}

export function rangeOf(part: Part): string {
  return `${clockOf(part.from_minute)}–${clockOf(part.to_minute)}`;
}

/** A further interval after the last: an hour later, an hour long, while the day lasts. */
export function nextPart(parts: readonly Part[]): Part | null {
  const last = parts.at(-1);
  if (last === undefined) return { from_minute: 540, to_minute: 1080 };
  const from = last.to_minute + 60;
  return from >= DAY_MINUTES ? null : { from_minute: from, to_minute: Math.min(from + 120, DAY_MINUTES) };
}

export interface Month {
  readonly year: number;
  readonly month: number;
}

/** `2026-10` → a month; anything else is none. */
export function monthOf(text: string | null): Month | null {
  const match = /^(\d{4})-(\d{2})/.exec(text ?? '');
  if (match === null) return null;
  const [year, month] = [Number(match[1]), Number(match[2])];
  return year < 1970 || year > 2200 || month < 1 || month > 12 ? null : { year, month };
}

export function monthText({ year, month }: Month): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}

export function addMonths({ year, month }: Month, by: number): Month {
  const count = year * 12 + month - 1 + by;
  return { year: Math.floor(count / 12), month: (count % 12) + 1 };
}

export function addDays(date: string, by: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

/** The instant a date begins at in a zone, in microseconds; NaN for what is no date. */
export function startOfDayUs(timeZone: string, date: string): number {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(wanted)) return NaN;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const clockAt = (ms: number): number => Date.parse(`${format.format(ms).replace(' ', 'T')}Z`);
  // The second time for zones whose clocks changed in between.
  const about = wanted - (clockAt(wanted) - wanted);
  return (about - (clockAt(about) - wanted)) * 1000;
}

/** The date at an instant in a zone. */
export function dateIn(timeZone: string, us: number): string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return format.format(us / 1000);
}

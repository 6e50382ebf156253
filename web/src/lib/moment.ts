/** Times as people read them, in one zone and one language. */
export interface MomentFormat {
  /** 14:03:27 */
  time(us: number): string;
  /** 14:03 */
  timeShort(us: number): string;
  /** 11月23日 14:03 */
  dateTime(us: number): string;
  /** 2026-11-23 14:03:27.042 GMT+8: for hovering. */
  exact(us: number): string;
  /** Today the time, else date and time. */
  when(us: number, nowUs: number): string;
}

export function momentFormat(locale: string, timeZone: string): MomentFormat {
  const make = (options: Intl.DateTimeFormatOptions): ((us: number) => string) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options });
    return (us) => format.format(us / 1000);
  };
  const time = make({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const timeShort = make({ hour: '2-digit', minute: '2-digit' });
  const dateTime = make({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const yearDateTime = make({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const day = make({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const year = make({ year: 'numeric' });
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  });
  // One order in every language: it is read to compare, not aloud.
  const exact = (us: number): string => {
    const at: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const { type, value } of parts.formatToParts(us / 1000)) at[type] = value;
    const day = `${at.year}-${at.month}-${at.day}`;
    return `${day} ${at.hour}:${at.minute}:${at.second}.${at.fractionalSecond} ${at.timeZoneName}`;
  };
  return {
    time,
    timeShort,
    dateTime,
    exact,
    when: (us, nowUs) => {
      if (day(us) === day(nowUs)) return timeShort(us);
      return year(us) === year(nowUs) ? dateTime(us) : yearDateTime(us);
    },
  };
}

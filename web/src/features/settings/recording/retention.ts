/** For how many days things are kept; none means for ever. */
export type Days = number | null;

/** After how many days things are erased that would have been kept longer; none when nothing is lost. */
export function shortenedTo(before: Days, after: Days): Days {
  if (after === null) return null;
  return before === null || after < before ? after : null;
}

const DAY_US = 86_400_000_000;

/** What began before this moment is erased. */
export const erasedBeforeUs = (nowUs: number, days: number): number => nowUs - days * DAY_US;

/** For how long a queue's recordings are kept: its own days, else those of everybody. */
export const daysOfQueue = (own: Days | undefined, tenant: Days): Days => own ?? tenant;

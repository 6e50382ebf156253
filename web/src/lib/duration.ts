/** `75_000` → `01:15`; from an hour on `1:01:15`. Negative values count as zero. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours > 0
    ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
    : `${String(minutes).padStart(2, '0')}:${seconds}`;
}

/** Rounds up, so that a countdown shows 00:01 until it is over. */
export function countdown(ms: number): string {
  return clock(Math.ceil(Math.max(0, ms) / 1000) * 1000);
}

export interface DurationParts {
  readonly unit: 'ms' | 'seconds' | 'minutes' | 'hours' | 'days';
  readonly first: number | string;
  readonly second: number;
}

/** Splits a duration into the one or two units a sentence names. */
export function durationParts(ms: number): DurationParts {
  const value = Math.max(0, ms);
  if (value < 100) return { unit: 'ms', first: Math.round(value), second: 0 };
  if (value < 9_950) return { unit: 'seconds', first: trim(value / 1000), second: 0 };
  const seconds = Math.round(value / 1000);
  if (seconds < 60) return { unit: 'seconds', first: seconds, second: 0 };
  if (seconds < 3600) return { unit: 'minutes', first: Math.floor(seconds / 60), second: seconds % 60 };
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return { unit: 'hours', first: Math.floor(minutes / 60), second: minutes % 60 };
  return { unit: 'days', first: Math.floor(minutes / 1440), second: 0 };
}

function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

import { describe, expect, it } from 'vitest';
import { endOf, leftOf } from './until';

const NOW = Date.parse('2026-03-01T08:00:00Z');
const HOUR = 3_600_000;

describe('the end that was chosen', () => {
  it.each([
    ['day', Date.parse('2026-03-02T08:00:00.000Z') * 1_000],
    ['week', Date.parse('2026-03-08T08:00:00.000Z') * 1_000],
    ['month', Date.parse('2026-03-31T08:00:00.000Z') * 1_000],
    ['ever', null],
  ] as const)('%s is %s', (until, end) => expect(endOf(until, '', NOW)).toBe(end));

  it('is the last moment of a date where it is chosen', () => {
    expect(new Date((endOf('date', '2026-03-05', NOW) ?? 0) / 1_000).toString()).toMatch(/Mar 05 2026 23:59:59/);
  });

  it('is none for a date that is none', () => expect(endOf('date', '', NOW)).toBeNull());
});

describe('what is left', () => {
  const left = (ms: number) => leftOf((NOW + ms) * 1_000, NOW);
  it.each([
    [1, 'minutes', 1],
    [HOUR, 'minutes', 60],
    [HOUR + 1, 'minutes', 60],
    [HOUR + 3_000, 'hours', 2],
    [24 * HOUR, 'hours', 24],
    [24 * HOUR + 3_000, 'days', 2],
    [30 * 24 * HOUR + 900, 'days', 30],
    [7 * 24 * HOUR - 1, 'days', 7],
  ])('%i ms are told in %s', (ms, unit, count) => expect(left(ms)).toEqual({ unit, count }));

  it('is over at its end and never without one', () => {
    expect(left(0).unit).toBe('over');
    expect(leftOf(null, NOW).unit).toBe('ever');
  });
});

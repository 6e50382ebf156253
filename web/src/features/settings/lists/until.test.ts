import { describe, expect, it } from 'vitest';
import { endOf, leftOf } from './until';

const NOW = Date.parse('2026-03-01T08:00:00Z');
const HOUR = 3_600_000;

describe('the end that was chosen', () => {
  it.each([
    ['day', '2026-03-02T08:00:00.000Z'],
    ['week', '2026-03-08T08:00:00.000Z'],
    ['month', '2026-03-31T08:00:00.000Z'],
    ['ever', null],
  ] as const)('%s is %s', (until, end) => expect(endOf(until, '', NOW)).toBe(end));

  it('is the last moment of a date where it is chosen', () => {
    expect(new Date(endOf('date', '2026-03-05', NOW) ?? '').toString()).toMatch(/Mar 05 2026 23:59:59/);
  });

  it('is none for a date that is none', () => expect(endOf('date', '', NOW)).toBeNull());
});

describe('what is left', () => {
  const left = (ms: number) => leftOf(new Date(NOW + ms).toISOString(), NOW);
  it.each([
    [1, 'minutes', 1],
    [HOUR, 'minutes', 60],
    [HOUR + 1, 'hours', 2],
    [24 * HOUR, 'hours', 24],
    [24 * HOUR + 1, 'days', 2],
    [7 * 24 * HOUR - 1, 'days', 7],
  ])('%i ms are told in %s', (ms, unit, count) => expect(left(ms)).toEqual({ unit, count }));

  it('is over at its end and never without one', () => {
    expect(left(0).unit).toBe('over');
    expect(leftOf(null, NOW).unit).toBe('ever');
  });
});

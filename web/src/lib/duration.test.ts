import { describe, expect, it } from 'vitest';
import { clock, countdown, durationParts } from './duration';

describe('clock', () => {
  it.each([
    [-5, '00:00'],
    [0, '00:00'],
    [999, '00:00'],
    [61_000, '01:01'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [90_061_000, '25:01:01'],
  ])('%i ms reads %s', (ms, text) => expect(clock(ms)).toBe(text));
});

describe('countdown', () => {
  it.each([
    [0, '00:00'],
    [1, '00:01'],
    [1000, '00:01'],
    [1001, '00:02'],
    [-1, '00:00'],
  ])('%i ms left reads %s', (ms, text) => expect(countdown(ms)).toBe(text));
});

describe('durationParts', () => {
  it.each([
    [42, 'ms', 42, 0],
    [400, 'seconds', '0.4', 0],
    [3_000, 'seconds', '3', 0],
    [59_400, 'seconds', 59, 0],
    [59_600, 'minutes', 1, 0],
    [185_000, 'minutes', 3, 5],
    [3_700_000, 'hours', 1, 2],
    [200_000_000, 'days', 2, 0],
  ] as const)('%i ms', (ms, unit, first, second) => expect(durationParts(ms)).toEqual({ unit, first, second }));
});

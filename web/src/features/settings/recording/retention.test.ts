import { describe, expect, it } from 'vitest';
import { daysOfQueue, erasedBeforeUs, shortenedTo } from './retention';

describe('keeping for fewer days', () => {
  it.each([
    [null, null, null],
    [null, 90, 90],
    [365, 90, 90],
    [90, 90, null],
    [90, 365, null],
    [90, null, null],
  ])('from %s to %s erases after %s', (before, after, days) => {
    expect(shortenedTo(before, after)).toBe(days);
  });

  it('erases what began before', () => {
    expect(erasedBeforeUs(1_000_000_000_000, 2)).toBe(1_000_000_000_000 - 2 * 86_400 * 1_000_000);
  });

  it('of a queue follows its own days before those of everybody', () => {
    expect(daysOfQueue(30, 365)).toBe(30);
    expect(daysOfQueue(null, 365)).toBe(365);
    expect(daysOfQueue(undefined, null)).toBeNull();
  });
});

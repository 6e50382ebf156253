import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff';

describe('backoffMs', () => {
  it.each([
    [0, 0, 125],
    [0, 1, 500],
    [1, 1, 1000],
    [3, 0.5, 2500],
    [20, 1, 10_000],
    [1000, 0, 2500],
  ])('try %i with chance %f waits %i ms', (attempt, random, ms) => expect(backoffMs(attempt, random)).toBe(ms));
});

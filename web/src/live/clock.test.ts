import { describe, expect, it } from 'vitest';
import { createServerClock } from './clock';

describe('server clock', () => {
  it('follows the observation that travelled fastest', () => {
    let local = 1_000;
    const clock = createServerClock(() => local);
    clock.observe(5_000_000);
    expect(clock.nowUs()).toBe(5_000_000);
    local = 2_000;
    clock.observe(5_900_000); // 100 ms late: ignored
    expect(clock.nowUs()).toBe(6_000_000);
    clock.observe(6_050_000); // faster than the first
    expect(clock.nowUs()).toBe(6_050_000);
  });

  it('starts over after a reset', () => {
    const clock = createServerClock(() => 0);
    clock.observe(9_000_000);
    clock.reset();
    clock.observe(1_000_000);
    expect(clock.nowUs()).toBe(1_000_000);
  });
});

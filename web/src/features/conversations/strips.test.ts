import { describe, expect, it } from 'vitest';
import type { LegQuality } from '@/api/types';
import { barsOf, gradeOf, legsOf, withEnds } from './strips';

const S = 1_000_000;
const leg = (scores: readonly (number | null)[], role: LegQuality['role'] = 'customer'): LegQuality => ({
  leg_id: 'leg_1',
  role,
  from_us: 100 * S,
  interval_s: 10,
  live: false,
  samples: scores.map((mos, n) => ({ at_us: (100 + n * 10) * S, ...(mos === null ? {} : { mos }) })),
});
const axis = { startUs: 100 * S, endUs: 125 * S };

describe('bars', () => {
  it('end where the next begins, the last with the leg, and none lies beyond the axis', () => {
    const bars = barsOf({ ...leg([4.3, 2.8, null, 4.0]), endUs: 123 * S }, axis);
    expect(bars.map((bar) => [bar.fromUs / S, bar.toUs / S, bar.grade])).toEqual([
      [100, 110, 'good'],
      [110, 120, 'bad'],
      [120, 125, null],
    ]);
  });

  it('end with the stay of the leg they are of', () => {
    const stay = { id: 'leg_1', role: 'customer' as const };
    const stays = [
      { ...stay, joined_at_us: 10 * S, left_at_us: 50 * S },
      { ...stay, joined_at_us: 99 * S, left_at_us: 104 * S },
    ];
    const [ended] = withEnds([leg([4.3])], stays);
    expect(ended?.endUs).toBe(104 * S);
    expect(barsOf(ended!, axis).map((bar) => bar.toUs / S)).toEqual([104]);
    expect(withEnds([leg([4.3])], []).map((one) => one.endUs)).toEqual([Infinity]);
  });

  it('are as high as the score, and never too small to be seen', () => {
    const heights = barsOf({ ...leg([4.5, 1]), endUs: 120 * S }, axis).map((bar) => bar.height);
    expect(heights).toEqual([1, 0.15]);
  });
});

describe('grades', () => {
  it('are bad where the server says bad', () => {
    expect([gradeOf(3.59), gradeOf(3.6), gradeOf(4.02), gradeOf(4.03)]).toEqual(['bad', 'fair', 'fair', 'good']);
  });
});

describe('legs of lanes', () => {
  const lane = (kind: 'caller' | 'agent' | 'queue' | 'outside', id: string) => ({
    id,
    kind,
    name: '',
    spans: [],
    marks: [],
  });
  const own = { ...leg([4], 'agent'), agent: { id: 'agt_1', name: 'Li' } };
  const legs = [leg([4]), own, leg([4], 'outside')];

  it('are found by role and by agent', () => {
    expect(legsOf(lane('caller', 'caller'), legs, false)).toEqual([legs[0]]);
    expect(legsOf(lane('agent', 'agt_1'), legs, false)).toEqual([own]);
    expect(legsOf(lane('agent', 'agt_2'), legs, false)).toEqual([]);
    expect(legsOf(lane('queue', 'queue'), legs, false)).toEqual([]);
    expect(legsOf(lane('outside', 'outside:1'), legs, true)).toEqual([legs[2]]);
    expect(legsOf(lane('outside', 'outside:0'), legs, false)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { AgentRow, QueueRow } from '@/api/types';
import { byAttention, byNeed, takers, waitTone } from './sort';

const agent = (id: string, state: AgentRow['state'], since_at_us: number): AgentRow => ({
  id,
  name: id,
  extension: '1',
  state,
  since_at_us,
  phone: true,
  phone_kind: 'browser',
});
const queue = (name: string, longest_wait_since_us: number | null): QueueRow => ({
  id: name,
  name,
  waiting: longest_wait_since_us === null ? 0 : 1,
  longest_wait_since_us,
  offered: 0,
  answered: 0,
  abandoned: 0,
  service_level_target_ms: 20_000,
  agents_signed_in: 0,
  agents_ready: 0,
  agents_busy: 0,
});

describe('order on the floor', () => {
  it('puts the queue with the longest wait first and idle ones by name', () => {
    const sorted = byNeed([queue('b', null), queue('late', 200), queue('a', null), queue('worst', 100)]);
    expect(sorted.map((one) => one.name)).toEqual(['worst', 'late', 'a', 'b']);
  });

  it('puts agents who need a look first, and of one state the longest', () => {
    const sorted = byAttention([
      agent('away', 'signed_out', 1),
      agent('idle', 'ready', 1),
      agent('short', 'talking', 9),
      agent('long', 'talking', 2),
      agent('rung', 'ringing', 5),
    ]);
    expect(sorted.map((one) => one.id)).toEqual(['rung', 'long', 'short', 'idle', 'away']);
  });
});

describe('whom a waiting customer can be given to', () => {
  it('is every other agent who is free, ready ones first, of them the longest idle; without a phone last', () => {
    const free = [
      agent('lunch', 'not_ready', 1),
      { ...agent('unplugged', 'ready', 1), phone: false },
      agent('busy', 'talking', 1),
      agent('wraps', 'wrap_up', 1),
      agent('gone', 'signed_out', 1),
      agent('fresh', 'ready', 9),
      agent('idle', 'ready', 3),
      agent('me', 'ready', 2),
    ];
    expect(takers(free, 'me').map((one) => one.id)).toEqual(['idle', 'fresh', 'lunch', 'unplugged']);
  });
});

describe('waitTone', () => {
  it.each([
    [0, 'calm'],
    [20_000, 'calm'],
    [20_001, 'late'],
    [40_000, 'late'],
    [40_001, 'alarm'],
  ] as const)('%i ms against a target of 20 s is %s', (waited, tone) => expect(waitTone(waited, 20_000)).toBe(tone));
});

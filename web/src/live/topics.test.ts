import { describe, expect, it } from 'vitest';
import type { MeState } from '@/api/types';
import type { Update } from './messages';
import { applyUpdate, cursorOf, NO_TOPICS } from './topics';

const state = (at: number): MeState => ({
  at_us: at,
  draining: false,
  settings_version: 1,
  agent: { state: 'ready', presence: 'ready', since_at_us: 0, phone: true, telephones: [] },
  offers: [],
  handlings: [],
  parked: [],
});

const update = (cursor: string, at_us: number, seqs: number[] = [], topic: Update['topic'] = 'me'): Update => ({
  type: 'update',
  topic,
  cursor,
  at_us,
  events: seqs.map((seq) => ({ seq, at_us, kind: 'agent_ready', data: {} })),
  state: state(at_us),
});

describe('applyUpdate', () => {
  const first = applyUpdate(NO_TOPICS, update('a', 100, [5]), 1);

  it.each([
    ['a later one', update('b', 200, [6]), 1, 'b'],
    ['one without events', update('b', 200), 1, 'b'],
    ['an older time', update('b', 50), 1, 'a'],
    ['an older event', update('b', 200, [4]), 1, 'a'],
    ['a new connection, whatever its clock says', update('b', 50, [4]), 2, 'b'],
    ['a connection that was given up', update('b', 200, [6]), 0, 'a'],
  ])('%s', (_, next, generation, cursor) => {
    expect(applyUpdate(first, next, generation).me?.cursor).toBe(cursor);
  });

  it('leaves everything untouched when nothing is taken', () => {
    expect(applyUpdate(first, update('b', 50), 1)).toBe(first);
  });

  it('keeps topics apart', () => {
    const both = applyUpdate(first, update('q', 10, [], 'queue:que_1'), 1);
    expect(cursorOf(both, 'me')).toBe('a');
    expect(cursorOf(both, 'queue:que_1')).toBe('q');
    expect(cursorOf(both, 'queue:que_2')).toBeNull();
    expect(cursorOf(both, 'floor')).toBeNull();
    const tasks = applyUpdate(both, { ...update('t', 10, [], 'tasks'), state: { open: 2, mine: 1, version: 7 } }, 1);
    expect(tasks.tasks?.state).toEqual({ open: 2, mine: 1, version: 7 });
    expect([cursorOf(tasks, 'tasks'), cursorOf(tasks, 'me'), cursorOf(both, 'tasks')]).toEqual(['t', 'a', null]);
  });
});

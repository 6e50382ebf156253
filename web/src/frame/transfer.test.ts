import { describe, expect, it } from 'vitest';
import type { TransferTargets } from '@/api/types';
import { canTake, matching, step, transferTo } from './transfer';

const targets: TransferTargets = {
  agents: [
    { id: 'agt_1', name: 'Emma Brown', extension: '8002', state: 'ready', available: true },
    { id: 'agt_2', name: '林静', extension: '8003', state: 'talking', available: false },
    { id: 'agt_3', name: '赵磊', extension: '8012', state: 'not_ready', available: true },
  ],
  queues: [{ id: 'que_1', name: '售后服务 Service', waiting: 3, agents_ready: 0 }],
  flows: [{ id: 'flw_1', name: '服务热线 Hotline' }],
};
const everything = matching(targets, '', 'Park');
const ids = (typed: string) => matching(targets, typed, 'Park').map(({ id }) => id);

describe('matching', () => {
  it.each([
    ['', ['agt_1', 'agt_2', 'agt_3', 'que_1', 'flw_1', 'park']],
    ['林', ['agt_2']],
    ['emmaB', ['agt_1']],
    ['800', ['agt_1', 'agt_2']],
    [' 服务 ', ['que_1', 'flw_1']],
    ['par', ['park']],
    ['nobody', []],
  ])('“%s”', (typed, expected) => {
    expect(ids(typed)).toEqual(expected);
  });
});

describe('step', () => {
  const from = (id: string | null, by: 1 | -1) =>
    step(
      everything,
      everything.find((one) => one.id === id),
      by,
    )?.id;

  it.each([
    [null, 1, 'agt_1'],
    [null, -1, 'park'],
    ['agt_1', 1, 'agt_3'],
    ['agt_3', -1, 'agt_1'],
    ['flw_1', 1, 'park'],
    ['park', 1, 'agt_1'],
  ] as const)('from %s by %i to %s, past who cannot take anybody', (id, by, expected) => {
    expect(from(id, by)).toBe(expected);
  });

  it('goes nowhere when nobody can take anybody', () => {
    expect(step(matching(targets, '林', 'Park'), undefined, 1)).toBeUndefined();
  });
});

describe('handing over', () => {
  it('is possible to every queue and flow, to whoever is free, and to colleagues who can be rung', () => {
    expect(everything.filter(canTake).map(({ id }) => id)).toEqual(['agt_1', 'agt_3', 'que_1', 'flw_1', 'park']);
  });

  it('asks for exactly one target, with the reason when there is one', () => {
    const others = everything.flatMap((target) => (target.kind === 'park' ? [] : [target]));
    const asked = others.map((target) => transferTo(target, null));
    expect(asked[0]).toEqual({ agent_id: 'agt_1' });
    expect(asked[3]).toEqual({ queue_id: 'que_1' });
    expect(asked[4]).toEqual({ flow_id: 'flw_1' });
    expect(others.slice(3, 4).map((target) => transferTo(target, 'other'))).toEqual([
      { queue_id: 'que_1', reason: 'other' },
    ]);
  });
});

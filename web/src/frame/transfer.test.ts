import { describe, expect, it } from 'vitest';
import type { TransferTargets } from '@/api/types';
import { canBeAsked, canTake, consultWith, matching, numberOutside, proposed, step, transferTo } from './transfer';

const targets: TransferTargets = {
  agents: [
    { id: 'agt_1', name: 'Emma Brown', extension: '8002', state: 'ready', available: true },
    { id: 'agt_2', name: '林静', extension: '8003', state: 'talking', available: false },
    { id: 'agt_3', name: '赵磊', extension: '8012', state: 'not_ready', available: true },
    { id: 'agt_4', name: '陈晓', extension: '801', state: 'signed_out', available: false },
  ],
  queues: [{ id: 'que_1', name: '售后服务 Service', waiting: 3, agents_ready: 0 }],
  flows: [{ id: 'flw_1', name: '服务热线 Hotline' }],
};
const everything = matching(targets, '', 'Park');
const ids = (typed: string) => matching(targets, typed, 'Park').map(({ id }) => id);

describe('matching', () => {
  it.each([
    ['', ['agt_1', 'agt_2', 'agt_3', 'agt_4', 'que_1', 'flw_1', 'park']],
    ['林', ['agt_2']],
    ['emmaB', ['agt_1']],
    ['80', ['agt_1', 'agt_2', 'agt_3', 'agt_4']],
    ['800', ['agt_1', 'agt_2', 'number']],
    ['801', ['agt_4', 'agt_3', 'number']],
    ['8002', ['agt_1', 'number']],
    ['138 0013 8000', ['number']],
    [' 服务 ', ['que_1', 'flw_1']],
    ['par', ['park']],
    ['nobody', []],
  ])('“%s”', (typed, expected) => {
    expect(ids(typed)).toEqual(expected);
  });
});

describe('a number outside', () => {
  it.each([
    ['13800138000', '138 0013 8000'],
    [' +86 138-0013 8000 ', '+86 138-0013 8000'],
    ['*98#', null],
    ['*98#1', '*98#1'],
    ['110', '110'],
    ['11', null],
    ['+*#', null],
    ['', null],
    ['138 Zhang', null],
    ['林静', null],
  ])('“%s” is %s', (typed, name) => {
    expect(numberOutside(typed)?.name ?? null).toBe(name);
  });

  it('is called as it was typed, by either way', () => {
    const number = numberOutside(' 138 0013-8000 ')!;
    expect(transferTo(number, null)).toEqual({ number: '138 0013-8000' });
    expect(consultWith(number, 'specialist')).toEqual({ number: '138 0013-8000', reason: 'specialist' });
  });

  it.each([
    ['8002', 'agt_1'],
    ['800', 'agt_1'],
    ['13800138000', 'number'],
    ['8003', undefined],
    ['nobody', undefined],
  ])('“%s” proposes %s: a number never in the place of a colleague who cannot be rung', (typed, id) => {
    expect(proposed(matching(targets, typed, 'Park'))?.id).toBe(id);
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

  it('can begin with asking people only', () => {
    const all = [...everything, numberOutside('110')!];
    expect(all.filter(canBeAsked).map(({ id }) => id)).toEqual(['agt_1', 'agt_2', 'agt_3', 'agt_4', 'number']);
    expect(consultWith(all.filter(canBeAsked)[0]!, null)).toEqual({ agent_id: 'agt_1' });
  });

  it('asks for exactly one target, with the reason when there is one', () => {
    const others = everything.flatMap((target) => (target.kind === 'park' ? [] : [target]));
    const asked = others.map((target) => transferTo(target, null));
    expect(asked[0]).toEqual({ agent_id: 'agt_1' });
    expect(asked[4]).toEqual({ queue_id: 'que_1' });
    expect(asked[5]).toEqual({ flow_id: 'flw_1' });
    expect(others.slice(4, 5).map((target) => transferTo(target, 'other'))).toEqual([
      { queue_id: 'que_1', reason: 'other' },
    ]);
  });
});

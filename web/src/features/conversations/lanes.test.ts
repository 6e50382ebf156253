import { describe, expect, it } from 'vitest';
import type { EventKind, LiveEvent } from '@/api/types';
import { layLanes, ticks } from './lanes';

let seq = 0;
const at = (ms: number, kind: EventKind, data: Record<string, unknown> = {}): LiveEvent => {
  seq += 1;
  return { seq, at_us: ms * 1000, kind, data };
};
const li = { agent_id: 'agt_1', agent_name: 'Li' };
const wu = { agent_id: 'agt_2', agent_name: 'Wu' };

const call: LiveEvent[] = [
  at(0, 'conversation_started'),
  at(0, 'leg_joined', { leg_id: 'leg_1', role: 'customer' }),
  at(100, 'flow_node_entered', { node_label: 'Hours' }),
  at(100, 'flow_node_left', { exit: 'open' }),
  at(100, 'flow_node_entered', { node_label: 'Menu' }),
  at(5_000, 'flow_node_left', { exit: 'choice', choice_label: 'Sales' }),
  at(5_000, 'queued', { queue_name: 'Sales' }),
  at(6_000, 'agent_offered', wu),
  at(16_000, 'offer_ended', { ...wu, end: 'unanswered' }),
  at(16_000, 'queued', { queue_name: 'Sales', front: true }),
  at(17_000, 'agent_offered', li),
  at(20_000, 'offer_ended', { ...li, end: 'accepted' }),
  at(20_000, 'left_queue', { reason: 'answered' }),
  at(20_000, 'handling_started', li),
  at(30_000, 'handling_held', { ...li, device_lost: true }),
  at(30_500, 'handling_resumed', { ...li, device_back: true }),
  at(40_000, 'leg_left', { leg_id: 'leg_1' }),
  at(40_000, 'handling_ended', li),
  at(40_000, 'wrap_up_started', li),
  at(55_000, 'wrap_up_finished', li),
  at(55_000, 'conversation_ended'),
];

const shown = (events: readonly LiveEvent[], nowMs: number) =>
  layLanes(events, nowMs * 1000).lanes.map((lane) => [
    lane.kind === 'agent' ? lane.name : lane.kind,
    lane.spans.map((span) => `${span.kind} ${span.fromUs / 1000}-${span.toUs / 1000}`),
  ]);

describe('layLanes', () => {
  it('lays a whole call out', () => {
    expect(shown(call, 99_000)).toEqual([
      [
        'caller',
        ['flow 100-5000', 'waiting 5000-20000', 'talking 20000-30000', 'held 30000-30500', 'talking 30500-40000'],
      ],
      ['flow', ['flow 100-5000']],
      ['queue', ['waiting 5000-20000']],
      ['Wu', ['ringing 6000-16000']],
      [
        'Li',
        ['ringing 17000-20000', 'talking 20000-30000', 'gap 30000-30500', 'talking 30500-40000', 'wrap_up 40000-55000'],
      ],
    ]);
  });

  it('keeps the customer on hold while a colleague is asked, and with the colleague who takes over', () => {
    const ask = { ...li, kind: 'consult', target: 'agent', to_id: wu.agent_id, to_name: wu.agent_name };
    const events = [
      at(0, 'conversation_started'),
      at(0, 'handling_started', li),
      at(10_000, 'transfer_started', ask),
      at(10_000, 'handling_held', li),
      at(10_000, 'agent_offered', wu),
      at(12_000, 'offer_ended', { ...wu, end: 'accepted' }),
      at(12_000, 'handling_started', wu),
      at(30_000, 'handling_ended', li),
      at(30_000, 'transfer_ended', { end: 'completed' }),
      at(40_000, 'handling_ended', wu),
      at(40_000, 'conversation_ended'),
    ];
    expect(shown(events, 99_000)).toEqual([
      ['caller', ['talking 0-10000', 'held 10000-30000', 'talking 30000-40000']],
      ['Li', ['talking 0-10000', 'held 10000-30000']],
      ['Wu', ['ringing 10000-12000', 'talking 12000-40000']],
    ]);
    const [, asker] = layLanes(events, 99_000_000).lanes;
    expect(asker?.marks).toEqual([{ kind: 'consult', label: 'Wu', atUs: 10_000_000 }]);
  });

  it('ends the axis at the end, and what is live at the present', () => {
    expect(layLanes(call, 99_000_000).endUs).toBe(55_000_000);
    expect(shown(call.slice(0, 14), 25_000).at(-1)).toEqual(['Li', ['ringing 17000-20000', 'talking 20000-25000']]);
  });

  it('marks the key that was pressed', () => {
    expect(layLanes(call, 0).lanes[0]?.marks).toEqual([{ kind: 'key', label: 'Sales', atUs: 5_000_000 }]);
  });

  it('shows a customer who is handed over waiting between the talks, and marks where it was', () => {
    const events = [
      ...call.slice(0, 14),
      at(30_000, 'transfer_started', { ...li, target: 'agent', to_name: 'Wu' }),
      at(30_000, 'handling_ended', { ...li, end: 'transferred' }),
      at(30_000, 'wrap_up_started', li),
      at(30_000, 'agent_offered', { ...wu, reason: 'transferred' }),
      at(34_000, 'offer_ended', { ...wu, end: 'accepted' }),
      at(34_000, 'transfer_ended', { end: 'completed' }),
      at(34_000, 'handling_started', wu),
    ];
    const [caller, , , other, first] = layLanes(events, 40_000_000).lanes;
    expect(caller?.spans.map(({ kind, fromUs, toUs }) => `${kind} ${fromUs / 1000}-${toUs / 1000}`).slice(-3)).toEqual([
      'talking 20000-30000',
      'waiting 30000-34000',
      'talking 34000-40000',
    ]);
    expect(other?.spans.at(-1)?.kind).toBe('talking');
    expect(first?.marks).toEqual([{ kind: 'transfer', label: 'Wu', atUs: 30_000_000 }]);
  });

  it.each([
    ['picked up', 'completed', ['talking 0-10000', 'parked 10000-30000', 'talking 30000-40000']],
    ['given back', 'no_answer', ['talking 0-10000', 'parked 10000-30000', 'waiting 30000-40000']],
  ] as const)('shows a customer parked until they are %s', (_, end, expected) => {
    const events = [
      at(0, 'conversation_started'),
      at(0, 'handling_started', li),
      at(10_000, 'transfer_started', { ...li, kind: 'park', target: 'park' }),
      at(10_000, 'handling_ended', { ...li, end: 'transferred' }),
      at(30_000, 'transfer_ended', { end }),
      ...(end === 'completed' ? [at(30_000, 'handling_started', wu)] : []),
      at(40_000, 'conversation_ended'),
    ];
    const [caller, first] = layLanes(events, 99_000_000).lanes;
    expect(caller?.spans.map(({ kind, fromUs, toUs }) => `${kind} ${fromUs / 1000}-${toUs / 1000}`)).toEqual(expected);
    expect(first?.marks).toEqual([{ kind: 'park', label: '', atUs: 10_000_000 }]);
  });

  const far = { ...li, target: 'outside', to_name: '13800138000' };
  const leg = { leg_id: 'leg_9', role: 'outside' };
  const over = [at(40_000, 'leg_left', leg), at(40_000, 'conversation_ended')];
  it.each([
    [
      'handed over to it',
      [
        at(10_000, 'transfer_started', { ...far, kind: 'blind' }),
        at(10_000, 'handling_ended', { ...li, end: 'transferred' }),
        at(14_000, 'leg_joined', leg),
        at(14_000, 'transfer_ended', { end: 'completed' }),
        ...over,
      ],
      ['talking 0-10000', 'waiting 10000-14000', 'talking 14000-40000'],
      ['ringing 10000-14000', 'talking 14000-40000'],
    ],
    [
      'left with it after it was asked',
      [
        at(10_000, 'transfer_started', { ...far, kind: 'consult' }),
        at(10_000, 'handling_held', li),
        at(14_000, 'leg_joined', leg),
        at(30_000, 'handling_ended', { ...li, end: 'transferred' }),
        at(30_000, 'transfer_ended', { end: 'completed' }),
        ...over,
      ],
      ['talking 0-10000', 'held 10000-30000', 'talking 30000-40000'],
      ['ringing 10000-14000', 'talking 14000-40000'],
    ],
    [
      'given back because it was busy',
      [
        at(10_000, 'transfer_started', { ...far, kind: 'blind' }),
        at(10_000, 'handling_ended', { ...li, end: 'transferred' }),
        at(14_000, 'transfer_ended', { end: 'busy' }),
        at(16_000, 'handling_started', li),
        at(40_000, 'conversation_ended'),
      ],
      ['talking 0-10000', 'waiting 10000-16000', 'talking 16000-40000'],
      ['ringing 10000-14000'],
    ],
  ] as const)('shows the number outside, with the customer %s', (_, events, customer, number) => {
    const all = [at(0, 'conversation_started'), at(0, 'handling_started', li), ...events];
    const lanes = shown(all, 99_000);
    expect(lanes.at(0)).toEqual(['caller', customer]);
    expect(lanes.at(-1)).toEqual(['outside', number]);
    expect(layLanes(all, 99_000_000).lanes.at(-1)?.name).toBe('138 0013 8000');
  });

  it('has an axis even for nothing', () => {
    const { startUs, endUs } = layLanes([], 5_000_000);
    expect(endUs - startUs).toBe(1_000_000);
  });
});

describe('ticks', () => {
  it.each([
    [8_000, 1_000, 9],
    [9_000, 2_000, 5],
    [260_000, 60_000, 5],
    [3_600_000, 600_000, 7],
  ])('%i ms: every %i ms, %i of them', (length, step, count) => {
    const marks = ticks(length);
    expect(marks[1]).toBe(step);
    expect(marks).toHaveLength(count);
  });
});

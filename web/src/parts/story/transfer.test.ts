import { describe, expect, it } from 'vitest';
import type { EventKind, LiveEvent } from '@/api/types';
import { tell } from './sentences';
import { wasParked } from './transfer';

let seq = 0;
const at = (seconds: number, kind: EventKind, data: Record<string, unknown> = {}): LiveEvent => {
  seq += 1;
  return { seq, at_us: seconds * 1_000_000, kind, data };
};

describe('a transfer in sentences', () => {
  it('knows who is asked, and how the consult ended', () => {
    const asked = { agent_id: 'agt_2', agent_name: 'Wu' };
    const ask = { transfer_id: 'tfr_1', kind: 'consult', agent_id: 'agt_1', agent_name: 'Li', target: 'agent' };
    const told = (end: string) =>
      tell(
        [
          at(0, 'transfer_started', { ...ask, to_id: 'agt_2', to_name: 'Wu' }),
          at(5, 'handling_started', { handling_id: 'hdl_2', ...asked }),
          at(9, 'transfer_ended', { transfer_id: 'tfr_1', end }),
          at(20, 'handling_started', { handling_id: 'hdl_3', ...asked }),
        ],
        'en',
      ).map(({ sentence }) => sentence);
    for (const end of ['completed', 'dropped', 'colleague_left', 'agent_lost', 'no_answer', 'declined'] as const) {
      const sentences = told(end);
      expect(sentences.map(({ key }) => key)).toEqual([
        'transfer_started.consult',
        'handling_started.asked',
        `transfer_ended.consult_${end}`,
        'handling_started.plain',
      ]);
      expect(sentences[2]?.names).toEqual({ to: 'Wu' });
    }
  });

  it('names a number outside as one, from its call to its end', () => {
    const started = { transfer_id: 'tfr_1', agent_id: 'agt_1', agent_name: 'Li', target: 'outside' };
    const called = { ...started, to_name: '13800138000' };
    const leg = { leg_id: 'leg_3', role: 'outside' };
    const outside = '138 0013 8000';
    const told = (events: LiveEvent[]) => tell(events, 'en').map(({ sentence: { key, names } }) => [key, names]);
    expect(
      told([
        at(0, 'transfer_started', { ...called, kind: 'blind' }),
        at(5, 'leg_joined', leg),
        at(5, 'transfer_ended', { transfer_id: 'tfr_1', end: 'completed' }),
        at(9, 'leg_left', { leg_id: 'leg_3', by: 'outside', reason: 'hung_up' }),
      ]),
    ).toEqual([
      ['transfer_started.agent', { agent: 'Li', outside }],
      ['leg_joined.outside', { outside }],
      ['transfer_ended.completed', { outside }],
      ['leg_left.outside', { outside }],
    ]);
    expect(
      told([
        at(0, 'transfer_started', { ...called, kind: 'consult' }),
        at(5, 'transfer_joined', { transfer_id: 'tfr_1' }),
        at(9, 'transfer_ended', { transfer_id: 'tfr_1', end: 'colleague_left' }),
      ]),
    ).toEqual([
      ['transfer_started.consult', { agent: 'Li', outside }],
      ['transfer_joined.outside', { outside }],
      ['transfer_ended.consult_colleague_left', { outside }],
    ]);
    expect(
      told([
        at(0, 'transfer_started', { ...called, kind: 'consult', to_name: '138****8000' }),
        at(5, 'transfer_ended', { transfer_id: 'tfr_1', end: 'busy' }),
      ])[1],
    ).toEqual(['transfer_ended.consult_busy', { outside: '138****8000' }]);
  });

  const park = { transfer_id: 'tfr_1', kind: 'park', target: 'park', agent_id: 'agt_1', agent_name: 'Li' };

  it('knows who picked a parked customer up, although the end does not say', () => {
    const picked = { agent_id: 'agt_2', agent_name: 'Wu', offer_id: 'off_1' };
    const lines = tell(
      [
        at(0, 'transfer_started', { ...park, reason: 'specialist' }),
        at(5, 'agent_offered', { ...picked, reason: 'picked_up' }),
        at(5, 'offer_ended', { ...picked, end: 'accepted' }),
        at(5, 'transfer_ended', { transfer_id: 'tfr_1', end: 'completed' }),
      ],
      'en',
    ).map(({ sentence }) => sentence);
    expect(lines[0]).toMatchObject({
      key: 'transfer_started.park_why',
      names: { agent: 'Li' },
      codes: { why: 'specialist' },
    });
    expect(lines[1]).toMatchObject({ key: 'agent_offered.picked_up', names: { agent: 'Wu' } });
    expect(lines[3]).toMatchObject({ key: 'transfer_ended.park_completed', names: { agent: 'Wu' } });
  });

  it.each([
    'declined',
    'no_answer',
    'unreachable',
    'customer_left',
    'failed',
    'node_restarted',
    'busy',
    'dropped',
  ] as const)('tells how parking ended: %s', (end) => {
    const lines = tell([at(0, 'transfer_started', park), at(9, 'transfer_ended', { transfer_id: 'tfr_1', end })], 'en');
    expect(lines[1]?.sentence.key).toBe(`transfer_ended.park_${end}`);
  });

  it('takes a customer for parked when that was the last that was done with them', () => {
    const blind = { ...park, kind: 'blind', target: 'agent' };
    expect(
      wasParked([at(0, 'transfer_started', blind), at(1, 'transfer_started', park), at(2, 'transfer_ended')]),
    ).toBe(true);
    expect(wasParked([at(0, 'transfer_started', park), at(1, 'transfer_started', blind)])).toBe(false);
    expect(wasParked([])).toBe(false);
  });

  it('names at the end of a transfer whom the customer was handed over to, and why at its beginning', () => {
    const lines = tell(
      [
        at(0, 'transfer_started', {
          transfer_id: 'tfr_1',
          agent_id: 'agt_1',
          agent_name: 'Li',
          target: 'agent',
          to_id: 'agt_2',
          to_name: 'Wu',
          reason: 'specialist',
        }),
        at(1, 'transfer_ended', { transfer_id: 'tfr_1', end: 'declined' }),
      ],
      'zh',
    );
    expect(lines[0]?.sentence).toMatchObject({ names: { agent: 'Li', to: 'Wu' }, codes: { why: 'specialist' } });
    expect(lines[1]?.sentence).toMatchObject({ key: 'transfer_ended.declined', names: { to: 'Wu' } });
  });
});

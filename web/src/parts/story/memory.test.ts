import { describe, expect, it } from 'vitest';
import type { EventKind, LiveEvent } from '@/api/types';
import { tell } from './sentences';

let seq = 0;
const at = (ms: number, kind: EventKind, data: Record<string, unknown> = {}): LiveEvent => {
  seq += 1;
  return { seq, at_us: ms * 1000, kind, data };
};

describe('what sentences remember', () => {
  it('counts the wait from the first joining of the queue, through an unanswered offer', () => {
    const visit = { segment_id: 'seg_1', queue_id: 'que_1', queue_name: 'Sales' };
    const lines = tell(
      [
        at(0, 'queued', visit),
        at(25_000, 'queued', { ...visit, front: true }),
        at(31_000, 'left_queue', { ...visit, reason: 'answered' }),
      ],
      'zh',
    );
    expect(lines[2]?.sentence.durations.waited).toBe(31_000);
  });

  it('measures the gap of a reload', () => {
    const handling = { handling_id: 'hdl_1', agent_id: 'agt_1', agent_name: 'Li' };
    const leg = { leg_id: 'leg_2', role: 'agent', agent_id: 'agt_1', agent_name: 'Li' };
    const lines = tell(
      [
        at(0, 'leg_joined', leg),
        at(1_000, 'handling_held', { ...handling, device_lost: true }),
        at(1_000, 'leg_left', { leg_id: 'leg_2', by: 'network', reason: 'unreachable' }),
        at(1_420, 'leg_joined', { ...leg, leg_id: 'leg_3' }),
        at(1_420, 'handling_resumed', { ...handling, device_back: true }),
      ],
      'zh',
    );
    expect(lines[2]?.sentence).toMatchObject({ key: 'leg_left.agent', names: { agent: 'Li' } });
    expect(lines[3]?.sentence).toMatchObject({ key: 'leg_joined.agent_back', durations: { gap: 420 } });
    expect(lines[4]?.sentence).toMatchObject({ key: 'handling_resumed.device_back', durations: { gap: 420 } });
  });

  it('takes the phone that joins again for another talk for no return of a lost one', () => {
    const li = { agent_id: 'agt_1', agent_name: 'Li' };
    const lines = tell(
      [
        at(0, 'handling_started', { ...li, handling_id: 'hdl_1' }),
        at(1, 'leg_joined', { ...li, leg_id: 'leg_2', role: 'agent' }),
        at(9_000, 'leg_left', { leg_id: 'leg_2', by: 'agent', reason: 'hung_up' }),
        at(20_000, 'handling_started', { ...li, handling_id: 'hdl_2' }),
        at(20_001, 'leg_joined', { ...li, leg_id: 'leg_3', role: 'agent' }),
      ],
      'zh',
    );
    expect(lines[4]?.sentence.key).toBe('leg_joined.agent');
  });

  it('names a node when the event of leaving does not', () => {
    const node = { segment_id: 'seg_1', node: 2 };
    const entered = at(0, 'flow_node_entered', { ...node, node_label: 'Menu' });
    const lines = tell([entered, at(1, 'flow_node_left', { ...node, exit: 'timeout' })], 'zh');
    expect(lines[1]?.sentence.names.node).toBe('Menu');
  });

  it('takes the disposition in the language asked for', () => {
    const events = [at(0, 'handling_disposed', { disposition_name_zh: '已解决', disposition_name_en: 'Resolved' })];
    const said = (['en', 'zh'] as const).map((language) => tell(events, language)[0]?.sentence.names.disposition);
    expect(said).toEqual(['Resolved', '已解决']);
  });

  it('turns packet counts into a share', () => {
    const quality = { packets_received: 990, packets_lost: 10, jitter_us: 4_200 };
    expect(tell([at(0, 'leg_left', { leg_id: 'leg_1', ...quality })], 'zh')[0]?.sentence.quality).toEqual({
      lost: 0.01,
      jitterMs: 4,
    });
  });
});

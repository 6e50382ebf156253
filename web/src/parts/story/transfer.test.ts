import { describe, expect, it } from 'vitest';
import type { EventKind, LiveEvent } from '@/api/types';
import { tell } from './sentences';

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

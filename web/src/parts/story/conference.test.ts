import { describe, expect, it } from 'vitest';
import type { EventKind, LiveEvent } from '@/api/types';
import { story as en } from '@/i18n/en/story';
import { story as zh } from '@/i18n/zh/story';
import { tell } from './sentences';

const at = (seq: number, kind: EventKind, data: Record<string, unknown>): LiveEvent => ({
  seq,
  at_us: seq,
  kind,
  data,
});
const said = (events: readonly LiveEvent[]) => tell(events, 'zh').map(({ sentence }) => [sentence.key, sentence.names]);
const agent = { agent_id: 'agt_1', agent_name: 'Li' };
const id = { transfer_id: 'tfr_1' };

describe('a conference', () => {
  it('remembers whom it is about until they are gone', () => {
    const lines = said([
      at(1, 'transfer_started', {
        ...agent,
        ...id,
        kind: 'conference',
        target: 'agent',
        to_id: 'agt_2',
        to_name: 'Wu',
      }),
      at(2, 'transfer_ended', { ...id, end: 'conferenced' }),
      at(3, 'conference_changed', { ...agent, ...id, what: 'muted' }),
      at(4, 'conference_changed', { ...id, what: 'left', end: 'hung_up' }),
    ]);
    expect(lines.map(([key]) => key)).toEqual([
      'transfer_started.conference',
      'transfer_ended.conference_conferenced',
      'conference_changed.muted',
      'conference_changed.left_hung_up',
    ]);
    expect(lines.every(([, names]) => (names as Record<string, string>).to === 'Wu')).toBe(true);
  });

  it('has a sentence for every code, in both languages', () => {
    for (const words of [en, zh]) {
      for (const what of ['muted', 'unmuted', 'leads'] as const) expect(words.conference_changed[what]).toBeTruthy();
      const ends = ['hung_up', 'dropped', 'unreachable', 'talk_over', 'failed', 'node_restarted'] as const;
      for (const end of ends) expect(words.conference_changed[`left_${end}`]).toBeTruthy();
    }
  });
});

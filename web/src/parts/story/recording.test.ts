import { expect, it } from 'vitest';
import type { EventKind } from '@/api/types';
import { recordings as en } from '@/i18n/en/story-recordings';
import { recordings as zh } from '@/i18n/zh/story-recordings';
import { tell } from './sentences';

const agent = { agent_id: 'agt_1', agent_name: 'Li' };

it.each<[EventKind, Record<string, unknown>, string]>([
  ['recording_resumed', { why: 'time' }, 'recording_resumed.time'],
  ['recording_ruled', { mode: 'all' }, 'recording_ruled.all'],
  ['recording_ruled', { mode: 'none' }, 'recording_ruled.none'],
  ['recording_ruled', { mode: 'share' }, 'recording_ruled.share'],
  ['recording_ruled', { mode: 'on_demand' }, 'recording_ruled.on_demand'],
  ['recording_ruled', { mode: 'share', drawn: false, consent_required: true }, 'recording_ruled.share_not'],
  ['recording_ruled', { mode: 'share', drawn: true, consent_required: true }, 'recording_ruled.share_asked'],
  ['recording_ruled', { mode: 'all', drawn: true, consent_required: true }, 'recording_ruled.all_asked'],
  ['recording_ruled', { mode: 'on_demand', drawn: true, consent_required: true }, 'recording_ruled.on_demand_asked'],
  ['recording_switched', { ...agent, on: true }, 'recording_switched.on'],
  ['recording_switched', { ...agent, on: false }, 'recording_switched.off'],
  ['recording_switched', { on: false }, 'recording_switched.talk_over'],
  ['consent_given', { how: 'key' }, 'consent_given.key'],
  ['consent_given', { ...agent, how: 'spoken' }, 'consent_given.spoken'],
  ['consent_refused', { how: 'key' }, 'consent_refused.key'],
  ['consent_refused', { ...agent, how: 'spoken' }, 'consent_refused.spoken'],
])('%s %o is %s, in both languages', (kind, data, key) => {
  expect(tell([{ seq: 1, at_us: 0, kind, data }], 'zh')[0]?.sentence.key).toBe(key);
  const [group = '', name = ''] = key.split('.');
  for (const words of [zh, en]) {
    const sentences = words[group as keyof typeof words] as unknown as Record<string, string>;
    expect(sentences[name]).toBeTypeOf('string');
  }
});

it('names the share and who noted a word', () => {
  const names = (kind: EventKind, data: Record<string, unknown>) =>
    tell([{ seq: 1, at_us: 0, kind, data }], 'zh')[0]?.sentence.names;
  expect(names('recording_ruled', { mode: 'share', share_percent: 30, drawn: true })).toEqual({ percent: '30' });
  expect(names('consent_given', { ...agent, how: 'spoken' })).toEqual({ agent: 'Li' });
});

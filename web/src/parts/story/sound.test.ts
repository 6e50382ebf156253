import { describe, expect, it } from 'vitest';
import type { EventKind, LiveEvent } from '@/api/types';
import { story as en } from '@/i18n/en/story';
import { story as zh } from '@/i18n/zh/story';
import { tell } from './sentences';

let seq = 0;
const at = (kind: EventKind, data: Record<string, unknown>): LiveEvent => {
  seq += 1;
  return { seq, at_us: seq, kind, data };
};
const leg = { leg_id: 'leg_1' };
const li = { ...leg, role: 'agent', agent_id: 'agt_1', agent_name: 'Li' };
const joined: [whose: string, data: Record<string, unknown>][] = [
  ['customer', { ...leg, role: 'customer' }],
  ['agent', li],
  ['other', { ...leg, role: 'supervisor' }],
];

describe('how a leg sounds', () => {
  it.each(joined)('is told of the %s whose leg joined before', (whose, data) => {
    const lines = tell(
      [
        at('leg_joined', data),
        at('leg_degraded', { ...leg, on: true, mos_hundredths: 287 }),
        at('leg_degraded', { ...leg, on: false, mos_hundredths: 402 }),
        at('leg_rated', { ...leg, mos_hundredths: 421, mos_hundredths_min: 287 }),
      ],
      'en',
    );
    const [, bad, good, rated] = lines.map(({ sentence }) => sentence);
    expect([bad?.key, good?.key, rated?.key]).toEqual([
      `leg_degraded.${whose}_bad`,
      `leg_degraded.${whose}_good`,
      `leg_rated.${whose}`,
    ]);
    expect([bad?.names.mos, good?.names.mos, rated?.names.mos, rated?.names.worst]).toEqual([
      '2.9',
      '4.0',
      '4.2',
      '2.9',
    ]);
    for (const words of [zh, en]) {
      const said = [words.leg_degraded, words.leg_rated].map((group) => Object.keys(group));
      expect(said[0]).toEqual(expect.arrayContaining([`${whose}_bad`, `${whose}_good`]));
      expect(said[1]).toContain(whose);
    }
  });

  it('is told with what got lost, and is left open where too little came', () => {
    const [line] = tell([at('leg_rated', { ...leg, packets_received: 99, packets_lost: 1, jitter_us: 2_000 })], 'zh');
    expect(line?.sentence).toMatchObject({ key: 'leg_rated.short', quality: { lost: 0.01, jitterMs: 2 } });
  });
});

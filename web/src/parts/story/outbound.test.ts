import { describe, expect, it } from 'vitest';
import { story as en } from '@/i18n/en/story';
import { story as zh } from '@/i18n/zh/story';
import { BLOCKS, routeOf } from './outbound';
import { tell } from './sentences';

const way = { trunk_id: 'trk_1', trunk_name: 'Carrier', rule_id: 'drl_1', rule_name: 'Abroad' };

describe('how a call goes outside', () => {
  it('is by which rule and trunk, and which better ones could not be taken', () => {
    const passed = [{ trunk_id: 'trk_2', trunk_name: 'Cheap', why: 'unreachable' }];
    expect(routeOf({ ...way, passed }).route).toEqual({
      trunk: 'Carrier',
      rule: 'Abroad',
      passed: [{ trunk: 'Cheap', block: 'unreachable' }],
    });
  });

  it('has no rule when it is a call for help', () => {
    expect(routeOf({ trunk_id: 'trk_1', trunk_name: 'Carrier' }).route).toEqual({ trunk: 'Carrier', passed: [] });
  });

  it('is nothing of a call to a phone of ours, nor of what was written before there were rules', () => {
    expect(routeOf({ device_id: 'dev_1' })).toEqual({});
    expect(routeOf({ trunk_id: 'trk_1' })).toEqual({});
  });

  it.each(['outbound_started', 'transfer_started'] as const)('is told with %s', (kind) => {
    const event = { seq: 1, at_us: 0, kind, data: { agent_id: 'agt_1', target: 'outside', ...way } };
    expect(tell([event], 'zh')[0]?.sentence.route?.rule).toBe('Abroad');
  });

  it.each(BLOCKS)('has words for %s', (block) => {
    for (const words of [zh, en]) expect(words.block[block]).toBeTypeOf('string');
  });
});

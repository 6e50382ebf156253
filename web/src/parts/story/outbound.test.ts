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

describe('what a call came to', () => {
  const told = (kind: 'outbound_ended' | 'outbound_recognised' | 'dead_air_found', data: Record<string, unknown>) =>
    tell([{ seq: 1, at_us: 0, kind, data: { agent_id: 'agt_1', agent_name: 'Li', ...data } }], 'zh')[0]?.sentence;

  it.each([
    [
      { result: 'invalid_number', by: 'cause', status: 404, q850: 1 },
      'invalid_number',
      { kind: 'cause', code: '404, Q.850 1' },
    ],
    [{ result: 'busy', by: 'cause', status: 486 }, 'busy', { kind: 'cause', code: '486' }],
    [{ result: 'busy', by: 'tone', tone: 'busy' }, 'busy', { kind: 'tone', code: 'busy' }],
    [{ result: 'unreachable', by: 'silence' }, 'unreachable', { kind: 'silence', code: '' }],
    [{ result: 'cancelled' }, 'cancelled', undefined],
  ])('is told with how it is known: %j', (data, result, known) => {
    expect(told('outbound_ended', data)).toMatchObject({ key: `outbound_ended.${result}` });
    expect(told('outbound_ended', data)?.known).toEqual(known);
  });

  it.each(['busy', 'congestion', 'invalid_number', 'unreachable'] as const)(
    'may only be known after the answer: %s',
    (result) => {
      expect(told('outbound_recognised', { result, by: 'tone', tone: 'busy' })?.key).toBe(
        `outbound_recognised.${result}`,
      );
      for (const words of [zh, en]) expect(words.outbound_recognised[result]).toBeTypeOf('string');
    },
  );

  it.each(['told', 'over', 'ended', 'diverted'] as const)('says what was done about silence: %s', (step) => {
    expect(told('dead_air_found', { step, silence_ms: 20_000 })).toMatchObject({
      key: `dead_air_found.${step}`,
      durations: { silence: 20_000 },
    });
    for (const words of [zh, en]) expect(words.dead_air_found[step]).toBeTypeOf('string');
  });

  it.each(['dial', 'ringback', 'busy', 'congestion', 'unobtainable', 'information'] as const)(
    'has words for the tone %s',
    (tone) => {
      for (const words of [zh, en]) expect(words.known.tone[tone]).toBeTypeOf('string');
    },
  );
});

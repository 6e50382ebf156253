import { describe, expect, it } from 'vitest';
import type { EventKind, LiveEvent } from '@/api/types';
import { story as en } from '@/i18n/en/story';
import { story as zh } from '@/i18n/zh/story';
import { MOBILE_ENDS } from './outbound';
import { tell } from './sentences';

let seq = 0;
const at = (ms: number, kind: EventKind, data: Record<string, unknown> = {}): LiveEvent => {
  seq += 1;
  return { seq, at_us: ms * 1000, kind, data };
};

const one = (kind: EventKind, data: Record<string, unknown> = {}) => tell([at(0, kind, data)], 'zh')[0]?.sentence;

describe('the sentence of every kind and code', () => {
  const agent = { agent_id: 'agt_1', agent_name: 'Li' };
  const transfer = { ...agent, transfer_id: 'tfr_1', to_id: 'agt_2', to_name: 'Wu' };
  const ends = (kind: EventKind, name: string, codes: readonly string[]) =>
    codes.map((code): [EventKind, Record<string, unknown>, string] => [
      kind,
      { ...agent, [name]: code },
      `${kind}.${code}`,
    ]);
  it.each<[EventKind, Record<string, unknown>, string]>([
    ['conversation_started', { number_name: 'Hotline' }, 'conversation_started.number'],
    ['conversation_started', {}, 'conversation_started.plain'],
    ['customer_identified', {}, 'customer_identified.plain'],
    ['customer_identified', { customer_name: 'Zhang' }, 'customer_identified.name'],
    ['conversation_ended', { by: 'customer', reason: 'hung_up' }, 'conversation_ended.plain'],
    ...['block_list', 'block_area', 'anonymous', 'nuisance'].flatMap(
      (reason): [EventKind, Record<string, unknown>, string][] => [
        ['screened', { reason, action: 'refused' }, `screened.${reason}_refused`],
        ['screened', { reason, action: 'diverted', flow_name: 'Closed' }, `screened.${reason}_diverted`],
      ],
    ),
    ['screened', { reason: 'allow_list', action: 'accepted' }, 'screened.allow_list'],
    [
      'screened',
      { reason: 'allow_area', action: 'accepted', area_zh: '广东', area_en: 'Guangdong' },
      'screened.allow_area',
    ],
    ['vip_recognised', {}, 'vip_recognised.plain'],
    ['leg_joined', { leg_id: 'leg_1', role: 'customer', trunk_id: 'trk_1' }, 'leg_joined.trunk'],
    ['leg_joined', { leg_id: 'leg_1', role: 'customer' }, 'leg_joined.web'],
    ['leg_joined', { leg_id: 'leg_1', role: 'agent', ...agent }, 'leg_joined.agent'],
    ['leg_joined', { leg_id: 'leg_1', role: 'outside', trunk_id: 'trk_1' }, 'leg_joined.outside'],
    ['leg_joined', { leg_id: 'leg_1', role: 'supervisor' }, 'leg_joined.other'],
    ['early_media_started', { leg_id: 'leg_1' }, 'early_media_started.plain'],
    ['leg_answered', {}, 'leg_answered.plain'],
    ['leg_left', { leg_id: 'leg_1' }, 'leg_left.other'],
    ['leg_left', { leg_id: 'leg_1', role: 'outside' }, 'leg_left.outside'],
    ['conversation_started', { direction: 'outbound' }, 'conversation_started.outbound'],
    ['conversation_started', { direction: 'internal' }, 'conversation_started.internal'],
    ['outbound_started', { ...agent, trunk_id: 'trk_1' }, 'outbound_started.trunk'],
    ['outbound_started', { ...agent, device_id: 'dev_1', device_name: 'Desk' }, 'outbound_started.device'],
    ['outbound_stopped', { ...agent, by_id: 'agt_1', distinct: 20, within_ms: 300_000 }, 'outbound_stopped.agent'],
    ['outbound_stopped', { rule_id: 'drl_1', rule_name: 'Abroad', by_name: 'Li' }, 'outbound_stopped.rule'],
    ['outbound_released', { ...agent, by_name: 'Sun' }, 'outbound_released.agent'],
    ['outbound_released', { rule_id: 'drl_1', by_name: 'Sun' }, 'outbound_released.rule'],
    ['trunk_full', { trunk_id: 'trk_1', trunk_name: 'Carrier', why: 'inbound_full' }, 'trunk_full.plain'],
    ['outbound_rerouted', { failed_trunk_name: 'Cheap', trunk_id: 'trk_1' }, 'outbound_rerouted.silent'],
    ['outbound_rerouted', { failed_trunk_name: 'Cheap', by: 'cause', status: 503 }, 'outbound_rerouted.said'],
    ['outbound_ringing', { early_media: false }, 'outbound_ringing.plain'],
    ['outbound_ringing', { early_media: true }, 'outbound_ringing.early'],
    ...ends('outbound_ended', 'result', [
      'answered',
      'busy',
      'no_answer',
      'declined',
      'unreachable',
      'cancelled',
      'agent_unavailable',
      'node_restarted',
      'internal_fault',
      'invalid_number',
      'congestion',
      'failed',
    ]),
    [
      'agent_telephone_changed',
      { ...agent, device_id: 'dev_1', device_name: 'Desk' },
      'agent_telephone_changed.device',
    ],
    ['agent_telephone_changed', agent, 'agent_telephone_changed.browser'],
    [
      'agent_telephone_changed',
      { ...agent, device_id: 'dev_2', device_kind: 'mobile' },
      'agent_telephone_changed.mobile',
    ],
    ['mobile_called', { ...agent, trunk_id: 'trk_1', trunk_name: 'Carrier' }, 'mobile_called.plain'],
    ...ends('mobile_ended', 'end', MOBILE_ENDS),
    ['peer_held', { on: true }, 'peer_held.on'],
    ['peer_held', { on: false }, 'peer_held.off'],
    ['flow_node_entered', { node_label: 'Menu' }, 'flow_node_entered.plain'],
    ...ends('flow_node_left', 'exit', [
      'next',
      'choice',
      'invalid',
      'timeout',
      'open',
      'closed',
      'full',
      'nothing',
      'yes',
      'no',
      'customer_left',
      'failed',
      'node_restarted',
    ]),
    ['hours_checked', { open: true, reason: 'weekly' }, 'hours_checked.weekly_open'],
    ['hours_checked', { open: false, reason: 'weekly' }, 'hours_checked.weekly_closed'],
    ['hours_checked', { open: false, reason: 'holiday', exception_name: 'New Year' }, 'hours_checked.holiday'],
    ['hours_checked', { open: true, reason: 'make_up' }, 'hours_checked.make_up_open'],
    ['hours_checked', { open: false, reason: 'make_up' }, 'hours_checked.make_up_closed'],
    ['hours_checked', { open: false, reason: 'closure' }, 'hours_checked.closure'],
    ['hours_checked', { open: true, reason: 'no_calendar' }, 'hours_checked.no_calendar'],
    ['queued', { queue_name: 'Sales', front: false }, 'queued.plain'],
    ['queued', { queue_name: 'Sales', front: false, wait: 'all_busy' }, 'queued.wait'],
    ['queued', { queue_name: 'Sales', front: true }, 'queued.front'],
    ['queued', { queue_name: 'Sales', front: true, wait: 'nobody_ready' }, 'queued.front_wait'],
    ...ends('left_queue', 'reason', ['answered', 'abandoned', 'timed_out', 'unserved', 'failed']),
    ['place_kept', { queue_name: 'Sales', keep_ms: 300_000 }, 'place_kept.plain'],
    ['place_resumed', { queue_name: 'Sales', waited_ms: 75_000 }, 'place_resumed.plain'],
    ...ends('agent_offered', 'reason', [
      'only_eligible',
      'longest_idle',
      'transferred',
      'returned',
      'came_back',
      'consulted',
      'picked_up',
      'assigned',
    ]),
    ...ends('offer_ended', 'end', [
      'accepted',
      'declined',
      'unanswered',
      'customer_left',
      'device_lost',
      'node_restarted',
      'withdrawn',
      'busy',
    ]),
    ['handling_started', agent, 'handling_started.plain'],
    ['handling_held', { ...agent, device_lost: false }, 'handling_held.asked'],
    ['handling_held', { ...agent, device_lost: true }, 'handling_held.device_lost'],
    ['handling_resumed', { ...agent, device_back: false }, 'handling_resumed.asked'],
    ['handling_resumed', { ...agent, device_back: true }, 'handling_resumed.device_back'],
    ['handling_muted', { ...agent, on: true }, 'handling_muted.on'],
    ['handling_muted', { ...agent, on: false }, 'handling_muted.off'],
    ...ends('handling_ended', 'end', [
      'customer_hung_up',
      'agent_hung_up',
      'agent_lost',
      'network_failed',
      'node_restarted',
      'internal_fault',
      'not_reached',
      'transferred',
      'consult_ended',
      'taken_over',
      'released',
      'dead_air',
    ]),
    ...['listen', 'whisper', 'barge'].flatMap((mode): [EventKind, Record<string, unknown>, string][] => [
      ['supervised', { ...agent, what: 'began', mode, of_name: 'Wu' }, `supervised.began_${mode}`],
      ['supervised', { ...agent, what: 'changed', mode }, `supervised.changed_${mode}`],
    ]),
    ...['stopped', 'talk_over', 'took_over', 'unreachable', 'failed', 'node_restarted'].map(
      (end): [EventKind, Record<string, unknown>, string] => [
        'supervised',
        { ...agent, what: 'ended', end },
        `supervised.ended_${end}`,
      ],
    ),
    ['wrap_up_started', agent, 'wrap_up_started.plain'],
    ...ends('wrap_up_finished', 'end', [
      'finished',
      'deadline_passed',
      'signed_out',
      'node_restarted',
      'customer_back',
    ]),
    ...['agent', 'queue', 'flow'].flatMap((target): [EventKind, Record<string, unknown>, string][] => [
      ['transfer_started', { ...transfer, target }, `transfer_started.${target}`],
      ['transfer_started', { ...transfer, target, reason: 'other' }, `transfer_started.${target}_why`],
    ]),
    ['transfer_started', { ...transfer, target: 'agent', kind: 'consult' }, 'transfer_started.consult'],
    [
      'transfer_started',
      { ...transfer, target: 'agent', kind: 'consult', reason: 'other' },
      'transfer_started.consult_why',
    ],
    ['transfer_started', { ...transfer, target: 'park', kind: 'park' }, 'transfer_started.park'],
    ['transfer_started', { ...transfer, target: 'park', kind: 'park', reason: 'other' }, 'transfer_started.park_why'],
    ['transfer_started', { ...agent, target: 'outside', to_name: '110' }, 'transfer_started.agent'],
    ['transfer_started', { ...agent, target: 'outside', kind: 'consult' }, 'transfer_started.consult'],
    ['transfer_joined', { transfer_id: 'tfr_1' }, 'transfer_joined.plain'],
    ...ends('transfer_ended', 'end', [
      'completed',
      'declined',
      'no_answer',
      'unreachable',
      'customer_left',
      'failed',
      'node_restarted',
      'busy',
      'dropped',
    ]),
    ['handling_disposed', agent, 'handling_disposed.plain'],
    ['recording_started', { tracks: 'heard' }, 'recording_started.heard'],
    ['recording_started', { tracks: 'customer' }, 'recording_started.customer'],
    ...ends('recording_paused', 'reason', ['card_data', 'personal_data', 'other']),
    ['recording_resumed', agent, 'recording_resumed.agent'],
    ['recording_resumed', {}, 'recording_resumed.talk_over'],
    ...ends('recording_gap', 'cause', ['overflow', 'disk_full', 'disk_failed', 'torn_off']),
    ['recording_sealed', { duration_ms: 1_000, recovered: false }, 'recording_sealed.plain'],
    ['recording_sealed', { duration_ms: 1_000, recovered: true }, 'recording_sealed.recovered'],
    ...ends('recording_failed', 'fault', ['no_key', 'lost', 'disk_failed', 'unreadable']),
    ...ends('recording_erased', 'cause', ['retention', 'request']),
    ['agent_signed_in', agent, 'agent_signed_in.plain'],
    ['agent_ready', agent, 'agent_ready.plain'],
    ...ends('agent_not_ready', 'cause', [
      'asked',
      'offer_unanswered',
      'offer_declined',
      'device_lost',
      'grace_expired',
      'administrator',
      'supervisor',
      'phone_busy',
    ]),
    ...ends('agent_signed_out', 'cause', [
      'asked',
      'offer_unanswered',
      'offer_declined',
      'device_lost',
      'grace_expired',
      'administrator',
      'supervisor',
      'phone_busy',
    ]),
    ['agent_device_changed', { ...agent, reachable: true }, 'agent_device_changed.on'],
    ['agent_device_changed', { ...agent, reachable: false }, 'agent_device_changed.off'],
    ...ends('voicemail_left', 'cause', ['flow', 'closed', 'queue_full', 'wait_timeout', 'key']),
    ['floor_started', {}, 'floor_started.plain'],
  ])('%s %o is %s', (kind, data, key) => {
    expect(one(kind, data)?.key).toBe(key);
    const [group = '', name = ''] = key.split('.');
    for (const words of [zh, en]) {
      const sentences = words[group as keyof typeof words] as unknown as Record<string, string>;
      expect(sentences[name]).toBeTypeOf('string');
    }
  });

  it('leaves out a kind this client does not know', () => {
    expect(tell([at(0, 'call_teleported' as EventKind)], 'zh')).toEqual([]);
  });
});

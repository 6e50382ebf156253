import type { LiveEvent } from '@/api/types';

export type Tone = 'flow' | 'ringing' | 'talking' | 'held' | 'wrap_up' | 'alarm' | 'not_ready';

const BAD_ENDS = new Set([
  'unanswered',
  'device_lost',
  'node_restarted',
  'agent_lost',
  'network_failed',
  'internal_fault',
]);

/** The state colour an event belongs to; the sentence says the rest. */
export function toneOf({ kind, data }: LiveEvent): Tone {
  switch (kind) {
    case 'offer_ended':
    case 'handling_ended':
      if (BAD_ENDS.has(String(data.end))) return 'alarm';
      return kind === 'offer_ended' ? 'ringing' : 'talking';
    case 'left_queue':
      return data.reason === 'answered' ? 'ringing' : 'alarm';
    case 'dead_air_found':
      return data.step === 'over' ? 'talking' : 'alarm';
    case 'outbound_recognised':
      return 'alarm';
    case 'outbound_ended':
      return data.result === 'answered' ? 'ringing' : 'alarm';
    case 'transfer_ended':
      return ['completed', 'dropped', 'colleague_left', 'conferenced'].includes(String(data.end)) ? 'ringing' : 'alarm';
    case 'outbound_started':
    case 'outbound_ringing':
    case 'agent_offered':
      return 'ringing';
    case 'transfer_started':
      return data.kind === 'park' ? 'held' : 'ringing';
    case 'supervised':
      return 'held';
    case 'handling_started':
    case 'transfer_joined':
    case 'conference_changed':
    case 'handling_muted':
    case 'handling_resumed':
      return 'talking';
    case 'handling_held':
      return data.device_lost === true ? 'alarm' : 'held';
    case 'peer_held':
    case 'place_kept':
    case 'place_resumed':
    case 'queued':
      return 'held';
    case 'leg_degraded':
      return data.on === true ? 'alarm' : 'flow';
    case 'mobile_ended':
      return data.end === 'over' || data.end === 'withdrawn' ? 'flow' : 'alarm';
    case 'outbound_stopped':
    case 'outbound_rerouted':
    case 'trunk_full':
    case 'recording_gap':
    case 'recording_failed':
      return 'alarm';
    case 'recording_paused':
    case 'recording_erased':
      return 'held';
    case 'consent_refused':
      return 'alarm';
    case 'recording_ruled':
    case 'recording_switched':
    case 'consent_given':
    case 'recording_started':
    case 'recording_resumed':
      return 'flow';
    case 'recording_sealed':
      return data.recovered === true ? 'alarm' : 'flow';
    case 'wrap_up_started':
    case 'wrap_up_finished':
    case 'handling_disposed':
      return 'wrap_up';
    case 'screened':
      return data.action === 'accepted' ? 'flow' : 'alarm';
    case 'vip_recognised':
      return 'ringing';
    case 'conversation_started':
    case 'customer_identified':
    case 'conversation_ended':
    case 'leg_joined':
    case 'early_media_started':
    case 'leg_answered':
    case 'leg_left':
    case 'leg_rated':
    case 'flow_node_entered':
    case 'flow_node_left':
    case 'hours_checked':
    case 'mobile_called':
    case 'outbound_released':
    case 'voicemail_left':
      return 'flow';
    case 'agent_signed_in':
    case 'agent_ready':
    case 'agent_not_ready':
    case 'agent_signed_out':
    case 'agent_device_changed':
    case 'agent_telephone_changed':
    case 'floor_started':
      return 'not_ready';
  }
}

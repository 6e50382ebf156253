import type { EventKind, LiveEvent } from '@/api/types';
import { id } from './data';

let seq = 1000;

/** One event, so many milliseconds after a start. */
export function event(
  startUs: number,
  afterMs: number,
  kind: EventKind,
  data: Record<string, unknown> = {},
): LiveEvent {
  seq += 1;
  return { seq, at_us: startUs + afterMs * 1000, kind, data };
}

export interface Cast {
  readonly conversation: string;
  readonly startUs: number;
  readonly agent: string;
  readonly agentName: string;
  readonly queue: string;
  readonly queueName: string;
  readonly web?: boolean;
}

const flow = { segment_id: id('seg', 1), flow_id: id('flw', 1), flow_version: 4 };

/** From the first ring to the queue. */
export function arrival(cast: Cast): LiveEvent[] {
  const at = (ms: number, kind: EventKind, data: Record<string, unknown> = {}) => event(cast.startUs, ms, kind, data);
  return [
    at(0, 'conversation_started', {
      number_name: '全国服务热线',
      channel: 'voice',
      direction: 'inbound',
      language: 'zh',
    }),
    at(0, 'leg_joined', {
      leg_id: id('leg', 1),
      role: 'customer',
      ...(cast.web === true ? {} : { trunk_id: id('trk', 1) }),
    }),
    at(14, 'customer_identified', { customer_id: id('cus', 1), customer_name: '张伟' }),
    at(80, 'leg_answered', { leg_id: id('leg', 1) }),
    at(82, 'flow_node_entered', { ...flow, node: 0, node_label: '服务时间' }),
    at(82, 'flow_node_left', { ...flow, node: 0, node_label: '服务时间', exit: 'open' }),
    at(82, 'flow_node_entered', { ...flow, node: 1, node_label: '欢迎语' }),
    at(4_300, 'flow_node_left', { ...flow, node: 1, node_label: '欢迎语', exit: 'next' }),
    at(4_300, 'flow_node_entered', { ...flow, node: 2, node_label: '主菜单' }),
    at(9_120, 'flow_node_left', {
      ...flow,
      node: 2,
      node_label: '主菜单',
      exit: 'choice',
      choice: 0,
      choice_label: '售前咨询',
    }),
    at(9_120, 'queued', {
      segment_id: id('seg', 2),
      queue_id: cast.queue,
      queue_name: cast.queueName,
      front: false,
      wait: 'all_busy',
    }),
  ];
}

export function offered(cast: Cast, ms: number, offer = id('off', 1)): LiveEvent {
  return event(cast.startUs, ms, 'agent_offered', {
    segment_id: id('seg', 2),
    queue_id: cast.queue,
    queue_name: cast.queueName,
    offer_id: offer,
    agent_id: cast.agent,
    agent_name: cast.agentName,
    reason: 'longest_idle',
    eligible: 3,
    idle_ms: 312_000,
    ring_timeout_ms: 20_000,
  });
}

const agentOf = (cast: Cast) => ({ agent_id: cast.agent, agent_name: cast.agentName });
const handling = { handling_id: id('hdl', 1) };

export function answered(cast: Cast, ms: number): LiveEvent[] {
  const at = (after: number, kind: EventKind, data: Record<string, unknown>) =>
    event(cast.startUs, ms + after, kind, data);
  return [
    at(0, 'offer_ended', { offer_id: id('off', 1), ...agentOf(cast), end: 'accepted' }),
    at(0, 'left_queue', {
      segment_id: id('seg', 2),
      queue_id: cast.queue,
      queue_name: cast.queueName,
      reason: 'answered',
    }),
    at(0, 'handling_started', { ...handling, ...agentOf(cast), queue_id: cast.queue, queue_name: cast.queueName }),
    at(2, 'leg_joined', { leg_id: id('leg', 2), role: 'agent', ...agentOf(cast) }),
  ];
}

export function heldAndBack(cast: Cast, ms: number, forMs: number, lost: boolean): LiveEvent[] {
  const at = (after: number, kind: EventKind, data: Record<string, unknown>) =>
    event(cast.startUs, ms + after, kind, data);
  const back = at(forMs, 'handling_resumed', { ...handling, ...agentOf(cast), device_back: lost });
  const held = at(0, 'handling_held', { ...handling, ...agentOf(cast), device_lost: lost });
  if (!lost) return [held, back];
  return [
    held,
    at(0, 'leg_left', { leg_id: id('leg', 2), by: 'network', reason: 'unreachable' }),
    at(forMs, 'leg_joined', { leg_id: id('leg', 2), role: 'agent', ...agentOf(cast) }),
    back,
  ];
}

export function hungUp(cast: Cast, ms: number, by: 'customer' | 'agent'): LiveEvent[] {
  const at = (after: number, kind: EventKind, data: Record<string, unknown>) =>
    event(cast.startUs, ms + after, kind, data);
  return [
    at(0, 'leg_left', {
      leg_id: id('leg', 1),
      by,
      reason: 'hung_up',
      packets_received: 9_420,
      packets_sent: 9_430,
      packets_lost: 28,
      jitter_us: 4_100,
    }),
    at(0, 'handling_ended', {
      ...handling,
      ...agentOf(cast),
      end: by === 'customer' ? 'customer_hung_up' : 'agent_hung_up',
    }),
    at(0, 'leg_left', { leg_id: id('leg', 2), by: 'system', reason: 'hung_up' }),
    at(0, 'wrap_up_started', { ...handling, ...agentOf(cast), limit_ms: 60_000 }),
  ];
}

export function handedOver(cast: Cast, ms: number, to: Record<string, unknown>): LiveEvent[] {
  const at = (after: number, kind: EventKind, data: Record<string, unknown>) =>
    event(cast.startUs, ms + after, kind, data);
  const transfer_id = id('tfr', 1);
  return [
    at(0, 'transfer_started', { transfer_id, ...handling, ...agentOf(cast), ...to }),
    at(0, 'handling_ended', { ...handling, ...agentOf(cast), end: 'transferred' }),
    at(0, 'leg_left', { leg_id: id('leg', 2), by: 'agent', reason: 'hung_up' }),
    at(0, 'wrap_up_started', { ...handling, ...agentOf(cast), limit_ms: 60_000 }),
    at(0, 'transfer_ended', { transfer_id, end: 'completed' }),
  ];
}

export function wrappedUp(cast: Cast, ms: number): LiveEvent[] {
  const at = (after: number, kind: EventKind, data: Record<string, unknown>) =>
    event(cast.startUs, ms + after, kind, data);
  return [
    at(0, 'handling_disposed', {
      ...handling,
      ...agentOf(cast),
      disposition_id: id('dsp', 1),
      disposition_name_zh: '已解决',
      disposition_name_en: 'Resolved',
    }),
    at(8_300, 'wrap_up_finished', { ...handling, ...agentOf(cast), end: 'finished' }),
    at(8_300, 'conversation_ended', { by: 'customer', reason: 'hung_up' }),
  ];
}

export function unanswered(cast: Cast, ms: number): LiveEvent[] {
  const offer = id('off', 9);
  const other = { agent_id: id('agt', 3), agent_name: '王芳' };
  return [
    { ...offered(cast, ms, offer), data: { ...offered(cast, ms, offer).data, ...other } },
    event(cast.startUs, ms + 20_000, 'offer_ended', { offer_id: offer, ...other, end: 'unanswered' }),
    event(cast.startUs, ms + 20_000, 'queued', {
      segment_id: id('seg', 2),
      queue_id: cast.queue,
      queue_name: cast.queueName,
      front: true,
    }),
  ];
}

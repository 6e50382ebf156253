import type { ConversationDetail, EventKind, LiveEvent } from '@/api/types';
import { answered, arrival, type Cast, event, heldAndBack, hungUp, offered, unanswered, wrappedUp } from './story';

/** The full story of a past conversation: missed once, held once, a reload in between. */
export function withStory(summary: ConversationDetail): ConversationDetail {
  const cast: Cast = {
    conversation: summary.id,
    startUs: summary.started_at_us,
    agent: summary.agent?.id ?? 'agt_none',
    agentName: summary.agent?.name ?? '',
    queue: summary.queue?.id ?? '',
    queueName: summary.queue?.name ?? '',
  };
  if (summary.agent == null) {
    const timeline = [
      ...arrival(cast),
      event(cast.startUs, 52_000, 'leg_left', { leg_id: 'leg_00CW000000001', by: 'customer', reason: 'cancelled' }),
      event(cast.startUs, 52_000, 'left_queue', {
        segment_id: 'seg_00CW000000002',
        queue_id: cast.queue,
        queue_name: cast.queueName,
        reason: 'abandoned',
      }),
      event(cast.startUs, 52_010, 'conversation_ended', { by: 'customer', reason: 'cancelled' }),
    ];
    return { ...summary, timeline };
  }
  if (summary.end?.by === 'outside') return { ...summary, timeline: leftOutside(cast) };
  const timeline = [
    ...arrival(cast),
    event(cast.startUs, 20, 'vip_recognised'),
    ...unanswered(cast, 15_000),
    offered(cast, 38_000),
    ...answered(cast, 43_500),
    ...heldAndBack(cast, 92_000, 21_400, false),
    ...heldAndBack(cast, 141_000, 420, true),
    ...hungUp(cast, 231_000, 'customer'),
    ...wrappedUp(cast, 246_000),
  ];
  return {
    ...summary,
    note: { text: '客户询问滤芯更换周期，已告知并发送短信。', updated_at_us: summary.started_at_us },
    timeline,
  };
}

/** One number is busy, another one is asked and keeps the customer, and hangs up first. */
function leftOutside(cast: Cast): LiveEvent[] {
  const at = (ms: number, kind: EventKind, data: Record<string, unknown> = {}) => event(cast.startUs, ms, kind, data);
  const agent = { agent_id: cast.agent, agent_name: cast.agentName, handling_id: 'hdl_00CW000000001' };
  const [first, second] = [{ transfer_id: 'tfr_00CW000000001' }, { transfer_id: 'tfr_00CW000000002' }];
  const far = { leg_id: 'leg_00CW000000003' };
  const ask = { ...agent, kind: 'consult', target: 'outside', reason: 'specialist' };
  return [
    ...arrival(cast),
    offered(cast, 15_000),
    ...answered(cast, 21_500),
    at(62_000, 'transfer_started', { ...ask, ...first, to_name: '075588886666' }),
    at(62_000, 'handling_held', agent),
    at(68_000, 'transfer_ended', { ...first, end: 'busy' }),
    at(68_000, 'handling_resumed', agent),
    at(80_000, 'transfer_started', { ...ask, ...second, to_name: '138****8000' }),
    at(80_000, 'handling_held', agent),
    at(92_000, 'leg_joined', { ...far, role: 'outside', trunk_id: 'trk_00CW000000001' }),
    at(118_000, 'handling_resumed', agent),
    at(118_000, 'transfer_joined', second),
    at(141_000, 'transfer_ended', { ...second, end: 'completed' }),
    at(141_000, 'handling_ended', { ...agent, end: 'transferred' }),
    at(141_000, 'wrap_up_started', { ...agent, limit_ms: 60_000 }),
    at(158_000, 'wrap_up_finished', { ...agent, end: 'finished' }),
    at(231_000, 'leg_left', { ...far, by: 'outside', reason: 'hung_up' }),
    at(231_010, 'conversation_ended', { by: 'outside', reason: 'hung_up' }),
  ];
}

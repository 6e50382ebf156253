import type { ConversationDetail } from '@/api/types';
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
  const timeline = [
    ...arrival(cast),
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

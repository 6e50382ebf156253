import type { EventKind } from '@/api/types';
import { agentOf, pick, say, type Teller, text } from './telling';

type OutboundKind = Extract<EventKind, `outbound_${string}` | 'agent_telephone_changed'>;

const RESULTS = [
  'answered',
  'busy',
  'no_answer',
  'declined',
  'unreachable',
  'cancelled',
  'agent_unavailable',
  'node_restarted',
  'internal_fault',
] as const;

/** What is said of calls agents make, and of the phone they work with. */
export const OUTBOUND: Record<OutboundKind, Teller> = {
  outbound_started: (event, memory) => {
    memory.mark('outbound', event.at_us);
    const agent = agentOf(event, memory);
    const device = text(event.data, 'device_name');
    if (device !== undefined) return say('outbound_started.device', { agent, device });
    return say('outbound_started.trunk', { agent });
  },
  outbound_ringing: ({ data, at_us }, memory) =>
    say(
      data.early_media === true ? 'outbound_ringing.early' : 'outbound_ringing.plain',
      {},
      { after: memory.passedMs('outbound', at_us) },
    ),
  outbound_ended: (event, memory) => {
    const result = pick(event.data.result, RESULTS, 'unreachable');
    return say(
      `outbound_ended.${result}`,
      { agent: agentOf(event, memory) },
      { after: memory.passedMs('outbound', event.at_us) },
    );
  },
  agent_telephone_changed: (event, memory) => {
    const device = text(event.data, 'device_name');
    const agent = agentOf(event, memory);
    if (text(event.data, 'device_id') === undefined) return say('agent_telephone_changed.browser', { agent });
    return say('agent_telephone_changed.device', { agent, device: device ?? '' });
  },
};

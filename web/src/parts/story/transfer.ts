import type { EventKind } from '@/api/types';
import { agentOf, pick, say, type Teller, text } from './telling';

type TransferKind = Extract<EventKind, `transfer_${string}`>;

const TARGETS = ['agent', 'queue', 'flow'] as const;
const ENDS = [
  'completed',
  'declined',
  'no_answer',
  'unreachable',
  'customer_left',
  'failed',
  'node_restarted',
] as const;

const placeOf = (data: Record<string, unknown>): string => `transfer-to:${text(data, 'transfer_id') ?? ''}`;

/** What is said of handing customers over; the end remembers to whom, or where. */
export const TRANSFER: Record<TransferKind, Teller> = {
  transfer_started: (event, memory) => {
    const { data } = event;
    const target = pick(data.target, TARGETS, 'agent');
    const names = { agent: agentOf(event, memory), to: memory.name(placeOf(data), text(data, 'to_name')) };
    const why = text(data, 'reason');
    if (why === undefined) return say(`transfer_started.${target}`, names);
    return say(`transfer_started.${target}_why`, names, {}, { why });
  },
  transfer_ended: ({ data }, memory) =>
    say(`transfer_ended.${pick(data.end, ENDS, 'failed')}`, { to: memory.name(placeOf(data), undefined) }),
};

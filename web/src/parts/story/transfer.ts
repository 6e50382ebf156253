import type { EventKind, LiveEvent } from '@/api/types';
import { agentOf, type Memory, pick, say, type Teller, text } from './telling';

type TransferKind = Extract<EventKind, `transfer_${string}`>;

const TARGETS = ['agent', 'queue', 'flow', 'park'] as const;
const ENDS = [
  'completed',
  'declined',
  'no_answer',
  'unreachable',
  'customer_left',
  'failed',
  'node_restarted',
] as const;
const CONSULT_ENDS = [...ENDS, 'dropped', 'colleague_left', 'agent_lost'] as const;

type Data = Record<string, unknown>;

const placeOf = (data: Data): string => `transfer-to:${text(data, 'transfer_id') ?? ''}`;
const parkedOf = (data: Data): string => `transfer-parks:${text(data, 'transfer_id') ?? ''}`;
const askedOf = (data: Data): string => `transfer-asks:${text(data, 'transfer_id') ?? ''}`;

/** Whether the last of what was done with the customer is parking them. */
export function wasParked(events: readonly LiveEvent[]): boolean {
  return events.findLast(({ kind }) => kind === 'transfer_started')?.data.kind === 'park';
}

/** Who picks the customer up; the end of the transfer does not say. */
const PICKER = 'picks-up';
export const picksUp = (memory: Memory, agent: string): string => memory.name(PICKER, agent);

/** Whether an agent has just been asked about the customer by another. */
export const isAsked = (memory: Memory, agentId: string | undefined): boolean => memory.has(`asked:${agentId ?? ''}`);

/** What is said of handing customers over and of asking colleagues; the end remembers to whom, or where. */
export const TRANSFER: Record<TransferKind, Teller> = {
  transfer_started: (event, memory) => {
    const { data } = event;
    const isConsult = data.kind === 'consult';
    if (isConsult) memory.mark(`asked:${memory.name(askedOf(data), text(data, 'to_id'))}`, event.at_us);
    if (data.kind === 'park') memory.mark(parkedOf(data), event.at_us);
    const target = isConsult ? 'consult' : pick(data.target, TARGETS, 'agent');
    const names = { agent: agentOf(event, memory), to: memory.name(placeOf(data), text(data, 'to_name')) };
    const why = text(data, 'reason');
    if (why === undefined) return say(`transfer_started.${target}`, names);
    return say(`transfer_started.${target}_why`, names, {}, { why });
  },
  transfer_joined: ({ data }, memory) => say('transfer_joined.plain', { to: memory.name(placeOf(data), undefined) }),
  transfer_ended: ({ data }, memory) => {
    const names = { to: memory.name(placeOf(data), undefined) };
    if (memory.has(parkedOf(data))) {
      const agent = memory.name(PICKER, undefined);
      return say(`transfer_ended.park_${pick(data.end, ENDS, 'failed')}`, { agent });
    }
    const asked = memory.name(askedOf(data), undefined);
    if (asked === '') return say(`transfer_ended.${pick(data.end, ENDS, 'failed')}`, names);
    memory.forget(`asked:${asked}`);
    return say(`transfer_ended.consult_${pick(data.end, CONSULT_ENDS, 'failed')}`, names);
  },
};

import type { EventKind, LiveEvent } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import { routeOf } from './outbound';
import { agentOf, type Memory, pick, say, type Teller, text } from './telling';

type TransferKind = Extract<EventKind, `transfer_${string}` | 'conference_changed'>;

const TARGETS = ['agent', 'queue', 'flow', 'park'] as const;
const PARK_ENDS = [
  'completed',
  'declined',
  'no_answer',
  'unreachable',
  'customer_left',
  'failed',
  'node_restarted',
  'busy',
  'dropped',
] as const;
const ENDS = [...PARK_ENDS, 'invalid_number'] as const;
const LOAN_ENDS = ['returned', 'completed', 'customer_left', 'dropped', 'failed', 'node_restarted'] as const;
const CONSULT_ENDS = [...ENDS, 'colleague_left', 'agent_lost', 'conferenced'] as const;
const CONFERENCE_ENDS = [
  'conferenced',
  'declined',
  'no_answer',
  'unreachable',
  'busy',
  'invalid_number',
  'dropped',
  'customer_left',
  'failed',
  'node_restarted',
] as const;
const LEFT = ['hung_up', 'dropped', 'unreachable', 'talk_over', 'failed', 'node_restarted'] as const;

type Data = Record<string, unknown>;

/** What is remembered of one transfer until its end. */
const ofTransfer = (what: string, data: Data): string => `transfer-${what}:${text(data, 'transfer_id') ?? ''}`;

/** Whether the last of what was done with the customer is parking them. */
export function wasParked(events: readonly LiveEvent[]): boolean {
  return events.findLast(({ kind }) => kind === 'transfer_started')?.data.kind === 'park';
}

/** Who picks the customer up; the end of the transfer does not say. */
const PICKER = 'picks-up';
export const picksUp = (memory: Memory, agent: string): string => memory.name(PICKER, agent);

/** Whether an agent has just been asked about the customer by another. */
export const isAsked = (memory: Memory, agentId: string | undefined): boolean => memory.has(`asked:${agentId ?? ''}`);

/** The number outside that was called last; its leg does not say. */
export const outsideOf = (memory: Memory): Record<string, string> => ({ outside: memory.name('outside', undefined) });

/** To whom, or where; a number outside is named as one. */
function toOf(data: Data, memory: Memory): Record<string, string> {
  const name = text(data, 'to_name');
  if (data.target === 'outside') {
    memory.mark(ofTransfer('outside', data), 0);
    memory.name('outside', readableNumber(name ?? ''));
  }
  return memory.has(ofTransfer('outside', data))
    ? outsideOf(memory)
    : { to: memory.name(ofTransfer('to', data), name) };
}

/** Colleague or number outside alike. */
const namedOf = (names: Record<string, string>): string => names.to ?? names.outside ?? '';

/** What is said of handing customers over and of asking somebody first; the end remembers to whom, or where. */
export const TRANSFER: Record<TransferKind, Teller> = {
  transfer_started: (event, memory) => {
    const { data } = event;
    const isConference = data.kind === 'conference';
    const isConsult = data.kind === 'consult';
    if (isConsult || isConference || data.kind === 'park' || data.kind === 'loan')
      memory.mark(ofTransfer(data.kind as string, data), event.at_us);
    if (isConsult || isConference)
      memory.mark(`asked:${memory.name(ofTransfer('asks', data), text(data, 'to_id'))}`, event.at_us);
    const target = isConsult ? 'consult' : data.kind === 'loan' ? 'loan' : pick(data.target, TARGETS, 'agent');
    const names = { agent: agentOf(event, memory), ...toOf(data, memory) };
    if (isConference)
      return { ...say('transfer_started.conference', { to: namedOf(names), ...names }), ...routeOf(data) };
    const why = text(data, 'reason');
    const told =
      why === undefined
        ? say(`transfer_started.${target}`, names)
        : say(`transfer_started.${target}_why`, names, {}, { why });
    return { ...told, ...routeOf(data) };
  },
  transfer_joined: ({ data }, memory) => {
    const names = toOf(data, memory);
    return say('outside' in names ? 'transfer_joined.outside' : 'transfer_joined.plain', names);
  },
  transfer_ended: ({ data }, memory) => {
    if (memory.has(ofTransfer('park', data))) {
      const agent = memory.name(PICKER, undefined);
      return say(`transfer_ended.park_${pick(data.end, PARK_ENDS, 'failed')}`, { agent });
    }
    const names = toOf(data, memory);
    if (memory.has(ofTransfer('loan', data))) {
      return say(`transfer_ended.loan_${pick(data.end, LOAN_ENDS, 'failed')}`, { to: namedOf(names) });
    }
    if (memory.has(ofTransfer('conference', data))) {
      memory.forget(`asked:${memory.name(ofTransfer('asks', data), undefined)}`);
      return say(`transfer_ended.conference_${pick(data.end, CONFERENCE_ENDS, 'failed')}`, { to: namedOf(names) });
    }
    if (!memory.has(ofTransfer('consult', data))) return say(`transfer_ended.${pick(data.end, ENDS, 'failed')}`, names);
    memory.forget(`asked:${memory.name(ofTransfer('asks', data), undefined)}`);
    return say(`transfer_ended.consult_${pick(data.end, CONSULT_ENDS, 'failed')}`, names);
  },
  conference_changed: (event, memory) => {
    const { data } = event;
    const names = { agent: agentOf(event, memory), to: namedOf(toOf(data, memory)) };
    const what = pick(data.what, ['muted', 'unmuted', 'leads', 'left'] as const, 'left');
    if (what !== 'left') return say(`conference_changed.${what}`, names);
    return say(`conference_changed.left_${pick(data.end, LEFT, 'hung_up')}`, names);
  },
};

import type { EventKind, LiveEvent } from '@/api/types';
import { RECORDING } from './recording';
import { OUTBOUND } from './outbound';
import { agentOf, codesOf, Memory, number, pick, say, type Sentence, type Teller, text } from './telling';
import { SCREENING } from './screening';
import { qualityOf, SOUND } from './sound';
import { SUPERVISION } from './supervision';
import { isAsked, outsideOf, picksUp, TRANSFER } from './transfer';

export interface Line {
  readonly event: LiveEvent;
  readonly sentence: Sentence;
}

/** Turns a conversation's events into sentences, in order. Events of an unknown kind are left out. */
export function tell(events: readonly LiveEvent[], language: 'zh' | 'en'): Line[] {
  const memory = new Memory();
  return events.flatMap((event) => {
    const teller = TELLERS[event.kind] as Teller | undefined;
    return teller === undefined ? [] : [{ event, sentence: teller(event, memory, language) }];
  });
}

const CAUSES = [
  'asked',
  'offer_unanswered',
  'offer_declined',
  'device_lost',
  'grace_expired',
  'administrator',
  'supervisor',
  'phone_busy',
] as const;

const TELLERS: Record<EventKind, Teller> = {
  ...OUTBOUND,
  ...SOUND,
  conversation_started: ({ data }) => {
    if (data.direction === 'outbound') return say('conversation_started.outbound');
    if (data.direction === 'internal') return say('conversation_started.internal');
    const called = text(data, 'number_name');
    return called === undefined
      ? say('conversation_started.plain')
      : say('conversation_started.number', { number: called });
  },
  customer_identified: ({ data }) => {
    const customer = text(data, 'customer_name');
    return customer === undefined ? say('customer_identified.plain') : say('customer_identified.name', { customer });
  },
  conversation_ended: (event) => say('conversation_ended.plain', {}, {}, codesOf(event)),
  leg_joined: (event, memory) => {
    const { data } = event;
    const leg = text(data, 'leg_id', 'leg') ?? '';
    const role = text(data, 'role') ?? 'other';
    memory.name(`role:${leg}`, role);
    if (role === 'customer')
      return say(text(data, 'trunk_id', 'trunk') === undefined ? 'leg_joined.web' : 'leg_joined.trunk');
    if (role === 'outside') return say('leg_joined.outside', outsideOf(memory));
    if (role !== 'agent') return say('leg_joined.other');
    const agent = agentOf(event, memory);
    memory.name(`agent-of:${leg}`, agent);
    const gap = `left:${agent}`;
    return memory.has(gap)
      ? say('leg_joined.agent_back', { agent }, { gap: memory.passedMs(gap, event.at_us) })
      : say('leg_joined.agent', { agent });
  },
  early_media_started: () => say('early_media_started.plain'),
  leg_answered: () => say('leg_answered.plain'),
  leg_left: (event, memory) => {
    const leg = text(event.data, 'leg_id', 'leg') ?? '';
    const role = memory.name(`role:${leg}`, text(event.data, 'role'));
    const agent = memory.name(`agent-of:${leg}`, text(event.data, 'agent_name'));
    if (agent !== '') memory.mark(`left:${agent}`, event.at_us);
    const known = pick(role, ['customer', 'agent', 'outside', 'other'] as const, 'other');
    const names = known === 'outside' ? outsideOf(memory) : { agent };
    const sentence = say(`leg_left.${known}`, names, {}, codesOf(event));
    const quality = qualityOf(event.data);
    return quality === undefined ? sentence : { ...sentence, quality };
  },
  peer_held: ({ data }) => say(data.on === true ? 'peer_held.on' : 'peer_held.off'),
  flow_node_entered: (event, memory) => say('flow_node_entered.plain', { node: nodeOf(event, memory) }),
  flow_node_left: (event, memory) => {
    const exits = [
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
    ] as const;
    const exit = pick(event.data.exit, exits, 'next');
    return say(`flow_node_left.${exit}`, {
      node: nodeOf(event, memory),
      choice: text(event.data, 'choice_label') ?? String(number(event.data, 'choice') ?? ''),
    });
  },
  hours_checked: ({ data }) => {
    const open = data.open === true;
    const names = { calendar: text(data, 'calendar_name') ?? '', exception: text(data, 'exception_name') ?? '' };
    switch (pick(data.reason, ['weekly', 'holiday', 'make_up', 'closure', 'no_calendar'] as const, 'weekly')) {
      case 'weekly':
        return say(open ? 'hours_checked.weekly_open' : 'hours_checked.weekly_closed', names);
      case 'holiday':
        return say('hours_checked.holiday', names);
      case 'make_up':
        return say(open ? 'hours_checked.make_up_open' : 'hours_checked.make_up_closed', names);
      case 'closure':
        return say('hours_checked.closure', names);
      case 'no_calendar':
        return say('hours_checked.no_calendar');
    }
  },
  queued: (event, memory) => {
    const queue = queueOf(event, memory);
    const front = event.data.front === true;
    const wait = text(event.data, 'wait');
    if (!memory.has(visitOf(event))) memory.mark(visitOf(event), event.at_us);
    if (wait === undefined) return say(front ? 'queued.front' : 'queued.plain', { queue });
    return say(front ? 'queued.front_wait' : 'queued.wait', { queue }, {}, { wait });
  },
  left_queue: (event, memory) => {
    const queue = queueOf(event, memory);
    const reason = pick(
      event.data.reason,
      ['answered', 'abandoned', 'timed_out', 'unserved', 'failed'] as const,
      'failed',
    );
    return say(`left_queue.${reason}`, { queue }, { waited: memory.passedMs(visitOf(event), event.at_us) });
  },
  place_kept: (event, memory) =>
    say('place_kept.plain', { queue: queueOf(event, memory) }, { keep: number(event.data, 'keep_ms') ?? 0 }),
  place_resumed: (event, memory) => {
    const waited = number(event.data, 'waited_ms') ?? 0;
    memory.mark(visitOf(event), event.at_us - waited * 1000);
    return say('place_resumed.plain', { queue: queueOf(event, memory) }, { waited });
  },
  agent_offered: (event, memory) => {
    memory.mark(`offer:${text(event.data, 'offer_id', 'offer') ?? ''}`, event.at_us);
    const reasons = [
      'only_eligible',
      'longest_idle',
      'transferred',
      'returned',
      'came_back',
      'consulted',
      'picked_up',
      'assigned',
    ] as const;
    const reason = pick(event.data.reason, reasons, 'longest_idle');
    const eligible = String(number(event.data, 'eligible') ?? 1);
    const agent = agentOf(event, memory);
    if (reason === 'picked_up') picksUp(memory, agent);
    return say(`agent_offered.${reason}`, { agent, eligible }, { idle: number(event.data, 'idle_ms') ?? 0 });
  },
  offer_ended: (event, memory) => {
    const ends = [
      'accepted',
      'declined',
      'unanswered',
      'customer_left',
      'device_lost',
      'node_restarted',
      'withdrawn',
      'busy',
    ] as const;
    const offer = `offer:${text(event.data, 'offer_id', 'offer') ?? ''}`;
    return say(
      `offer_ended.${pick(event.data.end, ends, 'unanswered')}`,
      { agent: agentOf(event, memory) },
      { rang: memory.passedMs(offer, event.at_us) },
    );
  },
  handling_started: (event, memory) => {
    memory.mark(handlingOf(event, 'talk'), event.at_us);
    const agent = agentOf(event, memory);
    // The phone of whom the customer comes back to joins for another talk; it was not away in this one.
    memory.forget(`left:${agent}`);
    const isConsult = isAsked(memory, text(event.data, 'agent_id', 'agent'));
    return say(isConsult ? 'handling_started.asked' : 'handling_started.plain', { agent });
  },
  handling_held: (event, memory) => {
    memory.mark(handlingOf(event, 'held'), event.at_us);
    return say(event.data.device_lost === true ? 'handling_held.device_lost' : 'handling_held.asked', {
      agent: agentOf(event, memory),
    });
  },
  handling_resumed: (event, memory) => {
    const key = event.data.device_back === true ? 'handling_resumed.device_back' : 'handling_resumed.asked';
    return say(
      key,
      { agent: agentOf(event, memory) },
      { gap: memory.passedMs(handlingOf(event, 'held'), event.at_us) },
    );
  },
  handling_muted: (event, memory) =>
    say(event.data.on === true ? 'handling_muted.on' : 'handling_muted.off', { agent: agentOf(event, memory) }),
  handling_ended: (event, memory) => {
    const ends = [
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
    ] as const;
    const talk = memory.passedMs(handlingOf(event, 'talk'), event.at_us);
    return say(
      `handling_ended.${pick(event.data.end, ends, 'internal_fault')}`,
      { agent: agentOf(event, memory) },
      { talk },
    );
  },
  wrap_up_started: (event, memory) => {
    memory.mark(handlingOf(event, 'wrap'), event.at_us);
    return say(
      'wrap_up_started.plain',
      { agent: agentOf(event, memory) },
      { limit: number(event.data, 'limit_ms') ?? 0 },
    );
  },
  wrap_up_finished: (event, memory) => {
    const ends = ['finished', 'deadline_passed', 'signed_out', 'node_restarted', 'customer_back'] as const;
    const end = pick(event.data.end, ends, 'finished');
    const took = memory.passedMs(handlingOf(event, 'wrap'), event.at_us);
    return say(`wrap_up_finished.${end}`, { agent: agentOf(event, memory) }, { took });
  },
  handling_disposed: (event, memory, language) =>
    say('handling_disposed.plain', {
      agent: agentOf(event, memory),
      disposition: text(event.data, language === 'zh' ? 'disposition_name_zh' : 'disposition_name_en') ?? '',
    }),
  ...TRANSFER,
  ...SUPERVISION,
  ...RECORDING,
  ...SCREENING,
  agent_signed_in: (event, memory) => say('agent_signed_in.plain', { agent: agentOf(event, memory) }),
  agent_ready: (event, memory) => say('agent_ready.plain', { agent: agentOf(event, memory) }),
  agent_not_ready: (event, memory) =>
    say(`agent_not_ready.${pick(event.data.cause, CAUSES, 'asked')}`, { agent: agentOf(event, memory) }),
  agent_signed_out: (event, memory) =>
    say(`agent_signed_out.${pick(event.data.cause, CAUSES, 'asked')}`, { agent: agentOf(event, memory) }),
  agent_device_changed: (event, memory) =>
    say(event.data.reachable === true ? 'agent_device_changed.on' : 'agent_device_changed.off', {
      agent: agentOf(event, memory),
    }),
  voicemail_left: (event, memory) => {
    const cause = pick(event.data.cause, ['flow', 'closed', 'queue_full', 'wait_timeout', 'key'] as const, 'flow');
    return say(
      `voicemail_left.${cause}`,
      { queue: queueOf(event, memory) },
      { length: number(event.data, 'length_ms') ?? 0 },
    );
  },
  floor_started: () => say('floor_started.plain'),
};

function nodeOf(event: LiveEvent, memory: Memory): string {
  const where = `node:${text(event.data, 'segment_id', 'segment') ?? ''}:${String(event.data.node)}`;
  return memory.name(where, text(event.data, 'node_label'));
}

function queueOf(event: LiveEvent, memory: Memory): string {
  return memory.name(`queue-name:${text(event.data, 'queue_id', 'queue') ?? ''}`, text(event.data, 'queue_name'));
}

function visitOf({ data }: LiveEvent): string {
  return `visit:${text(data, 'segment_id', 'segment', 'queue_id', 'queue') ?? ''}`;
}

function handlingOf(event: LiveEvent, what: string): string {
  return `${what}:${text(event.data, 'handling_id', 'handling') ?? ''}`;
}

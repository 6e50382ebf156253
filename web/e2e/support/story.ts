import { expect } from 'vitest';

import type { Server } from './server';
import { until } from './until';

export interface TimelineEvent {
  seq: number;
  at_us: number;
  kind: string;
  data: Record<string, unknown>;
}

export interface Conversation {
  id: string;
  state: 'live' | 'ended';
  from: string | null;
  timeline: TimelineEvent[];
  end?: { by: string; reason: string };
  queue?: { id: string; name: string };
  agent?: { id: string; name: string };
  customer?: { id: string; name: string };
}

/** The newest conversation from `number`, with its timeline. */
export async function conversationFrom(server: Server, number: string | null): Promise<Conversation> {
  const list = await server.api<{ items: { id: string; from: string | null }[] }>(
    'GET',
    '/api/v1/conversations?limit=50',
  );
  const found = list.items.find((item) => item.from === number);
  if (!found) throw new Error(`no conversation from ${number}`);
  return server.api<Conversation>('GET', `/api/v1/conversations/${found.id}`);
}

/** The same, once it has ended; at most a second after the customer left when nobody wraps up. */
export async function endedConversationFrom(
  server: Server,
  number: string | null,
  limitMs = 5_000,
): Promise<Conversation> {
  let last: Conversation | undefined;
  await until(`the conversation from ${number} has ended`, limitMs, async () => {
    last = await conversationFrom(server, number).catch(() => undefined);
    return last?.state === 'ended';
  });
  return last!;
}

/** One line an event: its kind and what makes it this one. What becomes of recordings, and how legs sounded, have stories of their own. */
export function plot(conversation: Conversation): string[] {
  const told = conversation.timeline.filter(
    ({ kind }) => !kind.startsWith('recording_') && kind !== 'leg_rated' && kind !== 'leg_degraded',
  );
  return told.map(({ kind, data }) => {
    const details = [
      'node_label',
      'exit',
      'choice_label',
      'queue_name',
      'front',
      'agent_name',
      'role',
      'reason',
      'end',
      'by',
      'on',
      'device_lost',
      'device_back',
    ]
      .filter((name) => data[name] !== undefined && data[name] !== null && data[name] !== false)
      .map((name) => `${name}=${String(data[name])}`);
    return [kind, ...details].join(' ');
  });
}

export function kinds(conversation: Conversation): string[] {
  return conversation.timeline.map((event) => event.kind);
}

/** Every event once, in order, and exactly one end. */
export function expectSound(conversation: Conversation) {
  const seqs = conversation.timeline.map((event) => event.seq);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  expect(kinds(conversation).filter((kind) => kind === 'conversation_ended')).toHaveLength(1);
  const times = conversation.timeline.map((event) => event.at_us);
  expect(times).toEqual([...times].sort((a, b) => a - b));
}

interface FloorState {
  flow: number;
  waiting: unknown[];
  queues: { waiting: number; agents_busy: number }[];
}

const COUNTED = [
  'conversations',
  'telephone_legs',
  'visitor_legs',
  'agent_legs',
  'dialogs',
  'media_legs',
  'rtp_sockets',
  'rooms',
  'recordings',
  'plays',
  'held_back',
  'uncommitted',
];

/** Nothing live is left: floor figures and what the node counts, what still absorbs retransmissions of SIP aside. */
export async function expectAtRest(server: Server, agentLegs = 0) {
  await rest(server, COUNTED, agentLegs);
}

/** Nothing at all is left, lingering transactions and timers included. */
export async function expectNothingLeftOver(server: Server) {
  await rest(server, [...COUNTED, 'transactions', 'timers'], 0);
}

async function rest(server: Server, counted: string[], agentLegs: number) {
  let held: Record<string, number> = {};
  const wanted: Record<string, number> = { agent_legs: agentLegs, media_legs: agentLegs };
  await until('the node is at rest', 60_000, async () => {
    held = await server.census();
    return counted.every((name) => held[name] === (wanted[name] ?? 0));
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(held)}`);
  });
  const floor = await server.api<FloorState>('GET', '/api/v1/floor');
  expect(floor.flow).toBe(0);
  expect(floor.waiting).toEqual([]);
  expect(floor.queues.map((queue) => [queue.waiting, queue.agents_busy])).toEqual(floor.queues.map(() => [0, 0]));
}

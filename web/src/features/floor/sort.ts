import type { AgentRow, QueueRow } from '@/api/types';
import { ATTENTION, can } from '@/live/can';

/** The queue whose customer waits longest comes first; idle queues keep their names' order. */
export function byNeed(queues: readonly QueueRow[]): QueueRow[] {
  return [...queues].sort((a, b) => {
    const waitA = a.longest_wait_since_us ?? Infinity;
    const waitB = b.longest_wait_since_us ?? Infinity;
    return waitA === waitB ? a.name.localeCompare(b.name) : waitA < waitB ? -1 : 1;
  });
}

/** Agents whose state asks for a look come first, and of one state those who are in it longest. */
export function byAttention(agents: readonly AgentRow[]): AgentRow[] {
  return [...agents].sort((a, b) => {
    const rank = ATTENTION.indexOf(a.state) - ATTENTION.indexOf(b.state);
    return rank === 0 ? a.since_at_us - b.since_at_us : rank;
  });
}

/** Other agents who are free: those who can take a customer first, of them the ready ones, and of these the longest idle. */
export function takers(agents: readonly AgentRow[], own: string): AgentRow[] {
  const rank = (agent: AgentRow): number => (can.give(agent) === 'yes' ? 0 : 2) + (agent.state === 'ready' ? 0 : 1);
  return agents
    .filter((agent) => agent.id !== own && ['yes', 'no_phone'].includes(can.give(agent)))
    .sort((a, b) => rank(a) - rank(b) || a.since_at_us - b.since_at_us);
}

export type WaitTone = 'calm' | 'late' | 'alarm';

/** Against the queue's own target: over it late, over twice of it an alarm. */
export function waitTone(waitedMs: number, targetMs: number): WaitTone {
  if (waitedMs <= targetMs) return 'calm';
  return waitedMs <= 2 * targetMs ? 'late' : 'alarm';
}

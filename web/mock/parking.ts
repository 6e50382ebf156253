import type { Handling, Offer, Parked } from '@/api/types';
import { id } from './data';
import { answered, event } from './story';
import { brief, CAST, handlingOf, nowUs, offerOf, type World } from './world';

const SECOND = 1_000_000;
const PARK_US = 120 * SECOND;
const ME = { id: id('agt', 1), name: '陈静' };

const WHO: readonly (readonly [label: string, n: number, by: string, reason: Parked['reason'], seconds: number])[] = [
  ['深圳市前海蓝色海岸国际供应链管理有限公司', 4, 'Alexandra Featherstonehaugh', 'customer_asked', 104],
  ['138****8000', 2, '李伟', 'specialist', 62],
  ['Maximiliane von Hohenstein-Wittelsbach', 1, '陈静', 'escalation', 41],
  ['王秀英', 3, '王芳', undefined, 18],
  ['139****5678', 5, '赵敏', 'other', 6],
];

/** Customers who are parked, the longest of them first. */
export function parkedOf(count: number): Parked[] {
  return WHO.slice(0, count).map(([customer_label, n, name, reason, seconds], at) => ({
    conversation_id: id('cnv', 40 + at),
    customer_label,
    by: n === 1 ? ME : { id: id('agt', n), name },
    since_at_us: nowUs() - seconds * SECOND,
    until_at_us: nowUs() - seconds * SECOND + PARK_US,
    ...(reason === undefined ? {} : { reason }),
  }));
}

/** The customer in hand, parked by whoever is signed in. */
const own = (reason?: Parked['reason'], seconds = 0): Parked => ({
  conversation_id: CAST.conversation,
  customer_label: '张伟',
  by: ME,
  since_at_us: nowUs() - seconds * SECOND,
  until_at_us: nowUs() - seconds * SECOND + PARK_US,
  ...(reason == null ? {} : { reason }),
});

/** Just after parking somebody, with others parked as well. */
export const withOwn = (seconds: number): Parked[] => [...parkedOf(2), own('specialist', seconds)];

const parkStarted = (reason?: unknown) =>
  event(CAST.startUs, (nowUs() - CAST.startUs) / 1000, 'transfer_started', {
    transfer_id: id('tfr', 2),
    kind: 'park',
    agent_id: CAST.agent,
    agent_name: CAST.agentName,
    target: 'park',
    ...(reason === undefined ? {} : { reason }),
  });

/** Nobody picked the own customer up. */
export function backFromPark(world: World): Offer {
  const end = { transfer_id: id('tfr', 2), end: 'no_answer' };
  world.live.push(
    ...answered(CAST, 40_500),
    parkStarted('specialist'),
    event(CAST.startUs, 41_000, 'transfer_ended', end),
  );
  return offerOf(true, { reason: 'returned', queue: undefined });
}

/** A SIP phone that does not answer by itself rings for a customer who is picked up. */
export const pickingUp = (): Offer =>
  offerOf(true, {
    reason: 'picked_up',
    transfer: {
      kind: 'park',
      from: { id: id('agt', 4), name: 'Alexandra Featherstonehaugh' },
      reason: 'customer_asked',
    },
  });

export function park(world: World, reason: unknown): void {
  const why = reason as Parked['reason'];
  world.state.parked = [...world.state.parked, own(why)];
  world.live.push(parkStarted(reason));
}

export function pickUp(world: World, conversationId: string): string | undefined {
  const { state } = world;
  const parked = state.parked.find((one) => one.conversation_id === conversationId);
  if (parked === undefined) return 'offer_over';
  state.parked = state.parked.filter((one) => one !== parked);
  state.handlings = [talkWith(conversationId)];
  return undefined;
}

/** The signed-in supervisor has the customer at once. */
export function assign(world: World, conversationId: string, agentId: unknown): string | undefined {
  // Always gone, so that a refusal can be seen.
  if (conversationId.endsWith('3')) return 'offer_over';
  if (agentId === CAST.agent) world.state.handlings = [talkWith(conversationId)];
  return undefined;
}

const talkWith = (conversationId: string): Handling =>
  handlingOf('talking', {
    started_at_us: nowUs(),
    state_since_us: nowUs(),
    conversation: { ...brief(conversationId === CAST.conversation), id: conversationId },
  });

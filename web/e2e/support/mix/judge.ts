import { expect } from 'vitest';

import { recordingsOf } from '../recordings';
import type { Server } from '../server';
import { type Conversation, expectSound } from '../story';
import { until } from '../until';

const ENDED_MS_MAX = 10_000;
/** A recording may be so much longer or shorter than its call. */
export const LENGTH_MS_MAX = 1_000;

/** What the ledger must tell of a conversation. */
export interface Expected {
  /** Kind and outcome of each transfer, in order. */
  transfers?: [string, string][];
  /** Kinds of events that must be there. */
  kinds?: string[];
  /** What each step of a supervisor was. */
  supervised?: string[];
}

/** A conversation once it is over. */
export async function ended(server: Server, id: string): Promise<Conversation> {
  let last: Conversation | undefined;
  await until(`${id} has ended`, ENDED_MS_MAX, async () => {
    last = await server.api<Conversation>('GET', `/api/v1/conversations/${id}`);
    return last.state === 'ended';
  });
  return last!;
}

/** From the answer until the customer was gone, milliseconds. */
export function talkMs({ timeline }: Conversation): number {
  const left = timeline.filter(({ kind }) => kind === 'leg_left');
  const customer = left.findLast(({ data }) => data.role === 'customer') ?? left.at(-1)!;
  return (customer.at_us - timeline.find(({ kind }) => kind === 'leg_answered')!.at_us) / 1_000;
}

/** One recording, sealed, without a gap, as long as the call; gives by how much it differs, milliseconds. */
export async function expectWhole(server: Server, conversation: Conversation, sealedMsMax: number): Promise<number> {
  await until(`the recording of ${conversation.id} is sealed`, sealedMsMax, async () => {
    const all = await recordingsOf(server, conversation.id);
    return all.length > 0 && all.every(({ state }) => state !== 'live');
  });
  const all = await recordingsOf(server, conversation.id);
  expect(all).toMatchObject([{ state: 'sealed', gaps: 0 }]);
  const differs = Math.abs(all[0]!.duration_ms! - talkMs(conversation));
  expect(differs).toBeLessThan(LENGTH_MS_MAX);
  return differs;
}

/** Kind and outcome of each transfer, by the ledger. */
export function transfersOf({ timeline }: Conversation): [string, string][] {
  const of = (wanted: string) => timeline.filter(({ kind }) => kind === wanted);
  const ends = of('transfer_ended').map(({ data }) => String(data.end));
  return of('transfer_started').map(({ data }, n) => [String(data.kind), ends[n] ?? 'nothing']);
}

export function expectTold(conversation: Conversation, wanted: Expected) {
  expectSound(conversation);
  expect(transfersOf(conversation)).toEqual(wanted.transfers ?? []);
  const steps = conversation.timeline.filter(({ kind }) => kind === 'supervised');
  expect(steps.map(({ data }) => String(data.mode ?? data.end))).toEqual(wanted.supervised ?? []);
  const told = conversation.timeline.map(({ kind }) => kind);
  for (const kind of wanted.kinds ?? []) expect(told).toContain(kind);
}

import { expect } from 'vitest';

import type { Server } from './server';
import type { Conversation, TimelineEvent } from './story';
import { until } from './until';
import { readWav, toneDb } from './wav';

export interface Recording {
  id: string;
  state: 'live' | 'sealed' | 'failed';
  started_at_us: number;
  duration_ms?: number;
  gaps: number;
}

export async function recordingsOf(server: Server, conversation: string): Promise<Recording[]> {
  return (await server.api<{ items: Recording[] }>('GET', `/api/v1/conversations/${conversation}/recordings`)).items;
}

/** The sound of a recording; with `more`, what else is asked for. */
export async function audio(server: Server, id: string, range?: string, more = '') {
  const headers = { authorization: `Bearer ${server.manifest.api_token}`, ...(range ? { range } : {}) };
  const answer = await fetch(`${server.manifest.http_url}/api/v1/recordings/${id}/audio${more}`, { headers });
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

/** The first recording of a conversation, once it is sealed. */
export async function sealedOf(server: Server, conversation: string, limitMs: number): Promise<Recording> {
  let first: Recording | undefined;
  await until('the recording is sealed', limitMs, async () => {
    [first] = await recordingsOf(server, conversation);
    return first?.state === 'sealed';
  });
  return first!;
}

/** Seconds from the beginning of a recording to an event of its conversation. */
export function secondsTo(event: TimelineEvent, recording: Recording): number {
  return (event.at_us - recording.started_at_us) / 1e6;
}

/** One recording keeps the talks of a conversation: the customer on the left throughout, and of the others each only in their own talk. */
export async function expectTalksKept(
  server: Server,
  conversation: Conversation,
  customerHz: number,
  ownHz: readonly number[],
) {
  const sealed = await sealedOf(server, conversation.id, 5_000);
  expect(await recordingsOf(server, conversation.id)).toHaveLength(1);
  const wav = readWav((await audio(server, sealed.id)).bytes);
  const moments = (kind: string) =>
    conversation.timeline.filter((event) => event.kind === kind).map((event) => secondsTo(event, sealed));
  const [begins, ends] = [moments('handling_started'), moments('handling_ended')];
  expect([begins.length, ends.length]).toEqual([ownHz.length, ownHz.length]);
  for (const [n, own] of ownHz.entries()) {
    const stretch = [begins[n]! + 1, ends[n]! - 0.5] as const;
    expect(toneDb(wav, 'left', customerHz, ...stretch)).toBeGreaterThan(-30);
    const heard = toneDb(wav, 'right', own, ...stretch);
    expect(heard).toBeGreaterThan(-40);
    for (const other of ownHz.filter((hz) => hz !== own)) {
      expect(toneDb(wav, 'right', other, ...stretch) - heard).toBeLessThan(-40);
      expect(toneDb(wav, 'left', other, ...stretch)).toBeLessThan(-60);
    }
  }
}

import type { Server } from './server';
import type { TimelineEvent } from './story';
import { until } from './until';

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

export async function audio(server: Server, id: string, range?: string) {
  const headers = { authorization: `Bearer ${server.manifest.api_token}`, ...(range ? { range } : {}) };
  const answer = await fetch(`${server.manifest.http_url}/api/v1/recordings/${id}/audio`, { headers });
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

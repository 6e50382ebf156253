import { fileName } from '@/lib/disposition';
import { client, take } from './client';
import type { DownloadFormat, Recording, Waveform } from './types';

export type { DownloadFormat, ListedRecording, RecordingErasure, RecordingHold } from './types';

/** Which of all recordings are listed; the server takes the state as a plain string. */
export interface RecordingsAsked {
  readonly state: 'failed' | 'missing' | 'erased' | 'held';
  readonly from_us?: number;
  readonly to_us?: number;
}

const at = (id: string) => ({ params: { path: { id } } });

/** Sound to keep, and what it is called. */
export interface RecordingFile {
  readonly blob: Blob;
  readonly name: string;
}

export const recordings = {
  of: async (conversationId: string): Promise<Recording[]> =>
    (await take(client.GET('/api/v1/conversations/{id}/recordings', { params: { path: { id: conversationId } } })))
      .items,
  page: (asked: RecordingsAsked, cursor: string | null) =>
    take(
      client.GET('/api/v1/recordings', {
        params: { query: { ...asked, limit: 50, ...(cursor === null ? {} : { cursor }) } },
      }),
    ),
  /** With `supervisor`, the sound of a supervisor too. */
  waveform: (id: string, points: number, supervisor: boolean): Promise<Waveform> =>
    take(
      client.GET('/api/v1/recordings/{id}/peaks', {
        params: { path: { id }, query: { points: String(points), supervisor: String(supervisor) } },
      }),
    ),
  /** Where a player finds the sound; `version` makes a growing recording another one. */
  audioUrl: (id: string, version: number, supervisor: boolean): string =>
    `/api/v1/recordings/${id}/audio?v=${String(version)}${supervisor ? '&supervisor=true' : ''}`,
  hold: (id: string, reason: string) =>
    take(client.PUT('/api/v1/recordings/{id}/hold', { ...at(id), body: { reason } })),
  liftHold: (id: string, reason: string) =>
    take(client.DELETE('/api/v1/recordings/{id}/hold', { ...at(id), body: { reason } })),
  /** All recordings of a conversation, those to come too. */
  holdConversation: (conversationId: string, reason: string) =>
    take(client.PUT('/api/v1/conversations/{id}/hold', { ...at(conversationId), body: { reason } })),
  /** Of all recordings of a conversation; one that has a hold of its own stays held. */
  liftConversationHold: (conversationId: string, reason: string) =>
    take(client.DELETE('/api/v1/conversations/{id}/hold', { ...at(conversationId), body: { reason } })),
  erase: (id: string, reason: string) =>
    take(client.POST('/api/v1/recordings/{id}/erase', { ...at(id), body: { reason } })),
  download: async (id: string, format: DownloadFormat, reason: string, supervisor: boolean): Promise<RecordingFile> => {
    let name: string | null = null;
    const blob = await take(
      client
        .POST('/api/v1/recordings/{id}/download', {
          ...at(id),
          body: { format, reason, ...(supervisor ? { supervisor } : {}) },
          parseAs: 'blob',
        })
        .then((answer) => {
          name = fileName(answer.response.headers.get('content-disposition'));
          return answer;
        }),
    );
    return { blob, name: name ?? `${id}.${format}` };
  },
};

import { client, take } from './client';
import type { Recording, Waveform } from './types';

const at = (id: string) => ({ params: { path: { id } } });

export const recordings = {
  of: async (conversationId: string): Promise<Recording[]> =>
    (await take(client.GET('/api/v1/conversations/{id}/recordings', at(conversationId)))).items,
  waveform: (id: string, points: number): Promise<Waveform> =>
    take(client.GET('/api/v1/recordings/{id}/peaks', { params: { path: { id }, query: { points: String(points) } } })),
  /** Where a player finds the sound; `version` makes a growing recording another one. */
  audioUrl: (id: string, version: number): string => `/api/v1/recordings/${id}/audio?v=${String(version)}`,
  downloadUrl: (id: string): string => `/api/v1/recordings/${id}/download`,
};

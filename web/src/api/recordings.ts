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
  /** Has the browser save a recording; who, why and what is entered in the audit trail. */
  download: async (id: string, format: 'wav' | 'opus', reason: string): Promise<void> => {
    const order = client.POST('/api/v1/recordings/{id}/download', {
      ...at(id),
      body: { format, reason },
      parseAs: 'blob',
    });
    const { response } = await order;
    const file = await take(order);
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? id;
    save(file, name);
  },
};

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

import { client, take } from './client';
import type { ConversationQuality, FloorQuality } from './types';

export const quality = {
  ofConversation: (id: string): Promise<ConversationQuality> =>
    take(client.GET('/api/v1/conversations/{id}/quality', { params: { path: { id } } })),
  ofFloor: (): Promise<FloorQuality> => take(client.GET('/api/v1/floor/quality')),
};

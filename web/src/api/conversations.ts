import { client, take } from './client';
import type { ConversationDetail, ConversationSummary, List } from './types';

export interface ConversationFilter {
  readonly state?: 'live' | 'ended';
  readonly queue_id?: string;
  readonly agent_id?: string;
  readonly customer_id?: string;
}

const at = (id: string) => ({ params: { path: { id } } });

export const conversations = {
  list: (filter: ConversationFilter, cursor?: string, limit = 50): Promise<List<ConversationSummary>> =>
    take(
      client.GET('/api/v1/conversations', {
        params: { query: { ...filter, limit, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
  detail: (id: string): Promise<ConversationDetail> => take(client.GET('/api/v1/conversations/{id}', at(id))),
  saveNote: (id: string, text: string) =>
    take(client.PUT('/api/v1/conversations/{id}/note', { ...at(id), body: { text } })),
};

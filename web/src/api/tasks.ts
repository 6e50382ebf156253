import { client, take } from './client';
import type { List, Task, TaskResult } from './types';

export interface TaskFilter {
  readonly state?: 'pending' | 'done';
  readonly kind?: 'voicemail' | 'callback';
  readonly owner?: 'me' | 'me_or_nobody';
}

const at = (id: string) => ({ params: { path: { id } } });

export const tasks = {
  list: (filter: TaskFilter, cursor?: string, limit = 50): Promise<List<Task>> =>
    take(
      client.GET('/api/v1/tasks', {
        params: { query: { ...filter, limit, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
  take: (id: string): Promise<Task> => take(client.POST('/api/v1/tasks/{id}/take', at(id))),
  close: (id: string, result: TaskResult, note?: string): Promise<Task> =>
    take(
      client.POST('/api/v1/tasks/{id}/close', {
        ...at(id),
        body: { result, ...(note === undefined ? {} : { note }) },
      }),
    ),
  reopen: (id: string): Promise<Task> => take(client.POST('/api/v1/tasks/{id}/reopen', at(id))),
};

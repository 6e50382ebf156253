import { client, take } from './client';
import type { BilingualNameChange, NewBilingualName } from './types';

const at = (id: string) => ({ params: { path: { id } } });

/** What an administrator does about outcomes. */
export const dispositions = {
  create: (body: NewBilingualName) => take(client.POST('/api/v1/dispositions', { body })),
  change: (id: string, body: BilingualNameChange) =>
    take(client.PATCH('/api/v1/dispositions/{id}', { ...at(id), body })),
};

/** What an administrator does about reasons for not being ready. */
export const reasons = {
  create: (body: NewBilingualName) => take(client.POST('/api/v1/not-ready-reasons', { body })),
  change: (id: string, body: BilingualNameChange) =>
    take(client.PATCH('/api/v1/not-ready-reasons/{id}', { ...at(id), body })),
};

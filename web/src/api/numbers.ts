import { client, take } from './client';
import type { NewNumber, NumberChange } from './types';

const at = (id: string) => ({ params: { path: { id } } });

/** What an administrator does about the numbers customers dial. */
export const numbers = {
  create: (body: NewNumber) => take(client.POST('/api/v1/numbers', { body })),
  change: (id: string, body: NumberChange) => take(client.PATCH('/api/v1/numbers/{id}', { ...at(id), body })),
  remove: (id: string) => take(client.DELETE('/api/v1/numbers/{id}', at(id))),
};

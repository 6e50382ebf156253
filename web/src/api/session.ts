import { client, take } from './client';
import type { Me } from './types';

export const session = {
  signIn: (username: string, password: string): Promise<Me> =>
    take(client.POST('/api/v1/session', { body: { username, password } })),
  signOut: () => take(client.DELETE('/api/v1/session')),
  me: (): Promise<Me> => take(client.GET('/api/v1/me')),
};

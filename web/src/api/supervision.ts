import { client, take } from './client';
import type { components } from './generated/schema';

export type SupervisionPolicy = components['schemas']['SupervisionPolicy'];

export const supervision = {
  policy: () => take(client.GET('/api/v1/supervision-policy')),
  changePolicy: (body: SupervisionPolicy) => take(client.PUT('/api/v1/supervision-policy', { body })),
};

import { client, take } from './client';
import type { SiteWanted } from './types';

export type { Site, SiteRow, SiteWanted } from './types';

const at = (id: string) => ({ params: { path: { id } } });

/** The places the centre is at: their network, their line, their phones. */
export const sites = {
  all: () => take(client.GET('/api/v1/sites', { params: { query: { limit: 200 } } })),
  create: (body: SiteWanted) => take(client.POST('/api/v1/sites', { body })),
  change: (id: string, body: SiteWanted) => take(client.PUT('/api/v1/sites/{id}', { ...at(id), body })),
  remove: (id: string) => take(client.DELETE('/api/v1/sites/{id}', at(id))),
};

import { take } from './client';
import { type SiteWanted, soon } from './soon';

export type { Site, SiteRow, SiteWanted } from './soon';

const at = (id: string) => ({ params: { path: { id } } });

/** The places the centre is at: their network, their line, their phones. */
export const sites = {
  all: () => take(soon.GET('/api/v1/sites', { params: { query: { limit: 200 } } })),
  create: (body: SiteWanted) => take(soon.POST('/api/v1/sites', { body })),
  change: (id: string, body: SiteWanted & { version: number }) =>
    take(soon.PUT('/api/v1/sites/{id}', { ...at(id), body })),
  remove: (id: string) => take(soon.DELETE('/api/v1/sites/{id}', at(id))),
};

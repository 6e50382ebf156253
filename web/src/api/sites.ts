import { client, take } from './client';
import type { Site, SiteWanted } from './types';

export type { Site, SiteRow, SiteWanted } from './types';

/** Ten thousand sites; beyond, something is wrong. */
const PAGES_MAX = 50;

const at = (id: string) => ({ params: { path: { id } } });

/** The places the centre is at: their network, their line, their phones. */
export const sites = {
  all: async (): Promise<{ items: Site[] }> => {
    const items: Site[] = [];
    let cursor: string | null | undefined;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const query = { limit: 200, ...(cursor == null ? {} : { cursor }) };
      const got = await take(client.GET('/api/v1/sites', { params: { query } }));
      items.push(...got.items);
      cursor = got.next_cursor;
      if (cursor == null) break;
    }
    return { items };
  },
  create: (body: SiteWanted) => take(client.POST('/api/v1/sites', { body })),
  change: (id: string, body: SiteWanted) => take(client.PUT('/api/v1/sites/{id}', { ...at(id), body })),
  giveNumber: (numberId: string, siteId: string) =>
    take(client.PUT('/api/v1/numbers/{id}/site', { ...at(numberId), body: { site_id: siteId } })),
  remove: (id: string) => take(client.DELETE('/api/v1/sites/{id}', at(id))),
};

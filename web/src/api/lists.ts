import { client, take } from './client';
import type { components } from './generated/schema';

type Schemas = components['schemas'];

export type NumberList = Schemas['NumberListCode'];
export type NumberListKind = Schemas['NumberListKind'];
export type NumberListEntry = Schemas['NumberListEntry'];
export type NumberArea = Schemas['NumberArea'];
export type NumberCheck = Schemas['NumberCheck'];
export type ScreeningPolicy = Schemas['ScreeningPolicy'];
export type NewEntry = Schemas['NewNumberListEntry'];
/** What is left out stays as it is. */
export type EntryChange = Partial<{
  [K in keyof Schemas['NumberListChange']]: K extends 'list' ? NumberList : Schemas['NumberListChange'][K];
}>;

const at = (id: string) => ({ params: { path: { id } } });

/** Numbers that are kept out, let in or served first, and what is done about callers nobody wants. */
export const lists = {
  page: (list: NumberList, q: string, cursor: string | null) =>
    take(
      client.GET('/api/v1/number-list', {
        params: { query: { list, limit: 50, ...(q === '' ? {} : { q }), ...(cursor === null ? {} : { cursor }) } },
      }),
    ),
  /** What the data on numbers knows: countries with their provinces and cities. */
  areas: () => take(client.GET('/api/v1/number-list/areas')),
  add: (body: NewEntry) => take(client.POST('/api/v1/number-list', { body })),
  change: (id: string, body: EntryChange) =>
    // The schema cannot say that a field may be left out and be null too.
    take(client.PATCH('/api/v1/number-list/{id}', { ...at(id), body: body as Schemas['NumberListChange'] })),
  remove: (id: string) => take(client.DELETE('/api/v1/number-list/{id}', at(id))),
  check: (number: string) => take(client.POST('/api/v1/number-list/check', { body: { number } })),
  policy: () => take(client.GET('/api/v1/screening-policy')),
  changePolicy: (body: ScreeningPolicy) => take(client.PUT('/api/v1/screening-policy', { body })),
  blockCaller: (conversationId: string, note: string, days: number | null) =>
    take(
      client.POST('/api/v1/conversations/{id}/block-caller', {
        ...at(conversationId),
        body: { note: note === '' ? null : note, days },
      }),
    ),
};

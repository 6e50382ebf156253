import { client, take } from './client';
import type { List, Named } from './types';

export type NumberList = 'block' | 'allow' | 'vip';
export type NumberListKind = 'number' | 'prefix';

export interface NumberListEntry {
  id: string;
  list: NumberList;
  kind: NumberListKind;
  value: string;
  note: string | null;
  expires_at: string | null;
  created_at: string;
  created_by: Named | null;
}

export interface NumberCheck {
  normalised: string;
  entry: NumberListEntry | null;
  outcome: 'accepted' | 'refused' | 'diverted';
  reason: 'block_list' | 'anonymous' | 'nuisance' | null;
  vip: boolean;
}

export interface ScreeningPolicy {
  version: number;
  block: { action: 'refuse' | 'flow'; flow_id: string | null };
  anonymous: { action: 'accept' | 'refuse' | 'flow'; flow_id: string | null };
  nuisance: {
    on: boolean;
    calls: number;
    within_minutes: number;
    shorter_than_s: number;
    for_minutes: number;
    action: 'refuse' | 'flow';
    flow_id: string | null;
  };
}

export type NewEntry = Pick<NumberListEntry, 'list' | 'kind' | 'value' | 'note' | 'expires_at'>;
export type EntryChange = Partial<Pick<NumberListEntry, 'list' | 'note' | 'expires_at'>>;

const raw = client as unknown as Record<string, (path: string, init?: object) => never>;

/** Numbers that are kept out, let in or served first, and what is done about callers nobody wants. */
export const lists = {
  page: (list: NumberList, q: string, cursor: string | null): Promise<List<NumberListEntry>> =>
    take(
      raw.GET!('/api/v1/number-list', {
        params: { query: { list, limit: 50, ...(q === '' ? {} : { q }), ...(cursor === null ? {} : { cursor }) } },
      }),
    ),
  add: (body: NewEntry): Promise<NumberListEntry> => take(raw.POST!('/api/v1/number-list', { body })),
  change: (id: string, body: EntryChange): Promise<NumberListEntry> =>
    take(raw.PATCH!('/api/v1/number-list/{id}', { params: { path: { id } }, body })),
  remove: (id: string): Promise<unknown> => take(raw.DELETE!('/api/v1/number-list/{id}', { params: { path: { id } } })),
  check: (number: string): Promise<NumberCheck> => take(raw.POST!('/api/v1/number-list/check', { body: { number } })),
  policy: (): Promise<ScreeningPolicy> => take(raw.GET!('/api/v1/screening-policy')),
  changePolicy: (body: ScreeningPolicy): Promise<ScreeningPolicy> =>
    take(raw.PUT!('/api/v1/screening-policy', { body })),
  blockCaller: (conversationId: string, note: string, days: number | null): Promise<NumberListEntry> =>
    take(
      raw.POST!('/api/v1/conversations/{id}/block-caller', {
        params: { path: { id: conversationId } },
        body: { note: note === '' ? null : note, days },
      }),
    ),
};

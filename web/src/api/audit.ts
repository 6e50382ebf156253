import { client, take } from './client';

export interface AuditFilter {
  readonly actor_id?: string | undefined;
  readonly object_id?: string | undefined;
  readonly action?: string | undefined;
  readonly from_at_us?: number | undefined;
  readonly until_at_us?: number | undefined;
}

export const audit = {
  page: (filter: AuditFilter, cursor: string | null) =>
    take(
      client.GET('/api/v1/audit', {
        params: { query: { ...filter, limit: 50, ...(cursor === null ? {} : { cursor }) } },
      }),
    ),
};

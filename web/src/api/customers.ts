import { client, take } from './client';
import type { Customer, CustomerChange, List, NewCustomer } from './types';

export interface CustomerFilter {
  readonly query?: string;
  readonly number?: string;
}

const at = (id: string) => ({ params: { path: { id } } });

export const customers = {
  list: (filter: CustomerFilter, cursor?: string, limit = 50): Promise<List<Customer>> =>
    take(
      client.GET('/api/v1/customers', {
        params: { query: { ...filter, limit, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
  one: (id: string): Promise<Customer> => take(client.GET('/api/v1/customers/{id}', at(id))),
  create: (body: NewCustomer): Promise<Customer> => take(client.POST('/api/v1/customers', { body })),
  change: (id: string, body: CustomerChange): Promise<Customer> =>
    take(client.PATCH('/api/v1/customers/{id}', { ...at(id), body })),
};

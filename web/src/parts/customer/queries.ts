import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { customers } from '@/api/customers';
import type { Brief, Customer } from '@/api/types';
import { useMay } from '../session';

export function useCustomer(id: string | undefined) {
  return useQuery({
    queryKey: ['customer', id],
    queryFn: () => customers.one(id ?? ''),
    enabled: id !== undefined,
    placeholderData: keepPreviousData,
  });
}

export interface CallerRecord {
  readonly customer: Customer | null;
  readonly state: 'loading' | 'found' | 'unknown' | 'failed';
}

/** The record behind a caller: named by the floor, or else looked up by number. */
export function useCallerRecord(brief: Pick<Brief, 'customer' | 'from'>): CallerRecord {
  const may = useMay('customers.read');
  const id = brief.customer?.id;
  const from = brief.from ?? '';
  const searchable = from !== '' && !from.includes('*');
  const byId = useQuery({
    queryKey: ['customer', id],
    queryFn: () => customers.one(id ?? ''),
    enabled: may && id !== undefined,
  });
  const byNumber = useQuery({
    queryKey: ['customers', 'number', from],
    queryFn: () => customers.list({ number: from }, undefined, 1),
    enabled: may && id === undefined && searchable,
  });
  if (!may) return { customer: null, state: 'unknown' };
  if (id !== undefined) return record(byId.data, byId.isError, byId.isPending);
  if (!searchable) return { customer: null, state: 'unknown' };
  return record(byNumber.data?.items[0], byNumber.isError, byNumber.isPending);
}

function record(customer: Customer | undefined, failed: boolean, pending: boolean): CallerRecord {
  if (customer !== undefined) return { customer, state: 'found' };
  if (failed) return { customer: null, state: 'failed' };
  return { customer: null, state: pending ? 'loading' : 'unknown' };
}

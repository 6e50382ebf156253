import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from '@/api/problem';

const WORTH_A_RETRY = new Set(['network', 'unavailable', 'overload', 'internal']);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && error instanceof ApiFailure && WORTH_A_RETRY.has(error.code),
    },
  },
});

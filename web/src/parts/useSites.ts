import { useQuery } from '@tanstack/react-query';
import { sites } from '@/api/sites';

const RARELY_MS = 60_000;

export const useSites = () => useQuery({ queryKey: ['sites'], queryFn: () => sites.all(), staleTime: RARELY_MS });

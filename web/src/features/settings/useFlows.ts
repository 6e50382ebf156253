import { useQuery } from '@tanstack/react-query';
import { settings } from '@/api/settings';

export function useFlows() {
  return useQuery({ queryKey: ['flows'], queryFn: () => settings.flows() });
}

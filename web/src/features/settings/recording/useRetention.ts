import { useQuery } from '@tanstack/react-query';
import { recordingPolicy } from '@/api/recording-policy';

export const useRetention = () =>
  useQuery({ queryKey: ['retention-policy'], queryFn: () => recordingPolicy.retention() });

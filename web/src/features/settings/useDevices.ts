import { useQuery } from '@tanstack/react-query';
import { settings } from '@/api/settings';

/** Phones come and go by themselves. */
const LOOK_MS = 5_000;

export const useDevices = () =>
  useQuery({ queryKey: ['devices'], queryFn: () => settings.devices(), refetchInterval: LOOK_MS });

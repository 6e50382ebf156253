import { useQuery } from '@tanstack/react-query';
import { calendars } from '@/api/calendars';
import { settings } from '@/api/settings';
import { useMay } from './session';

const RARELY_MS = 60_000;

export function useQueues() {
  return useQuery({
    queryKey: ['queues'],
    queryFn: () => settings.queues(),
    staleTime: RARELY_MS,
    enabled: useMay('settings.read'),
  });
}

export function useAgents() {
  return useQuery({
    queryKey: ['agents'],
    queryFn: () => settings.agents(),
    staleTime: RARELY_MS,
    enabled: useMay('settings.read'),
  });
}

export function useCalendars() {
  return useQuery({
    queryKey: ['calendars'],
    queryFn: () => calendars.all(),
    staleTime: RARELY_MS,
    enabled: useMay('settings.read'),
  });
}

export function useSkills() {
  return useQuery({
    queryKey: ['skills'],
    queryFn: () => settings.skills(),
    staleTime: RARELY_MS,
    enabled: useMay('settings.read'),
  });
}

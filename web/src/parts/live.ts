import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { FloorState, MeState, TasksState } from '@/api/types';
import type { ConnectionStatus } from '@/live/connection';
import type { Topic } from '@/live/messages';
import type { PhoneState } from '@/live/phone-state';
import type { TopicSlot } from '@/live/topics';
import type { Store } from '@/lib/store';
import { onTick, TICK_MS } from '@/lib/ticker';
import { useSession } from './session';

const BEAT_US = TICK_MS * 1000;

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

export function useMeState(): MeState | null {
  const { topics } = useSession();
  return useSyncExternalStore(topics.subscribe, () => topics.get().me?.state ?? null);
}

export function usePhone(): PhoneState {
  return useStore(useSession().phone.state);
}

export function useConnection(): ConnectionStatus {
  return useStore(useSession().connection.status);
}

export function useFloor(): TopicSlot<FloorState> | null {
  const { topics } = useSession();
  return useSyncExternalStore(topics.subscribe, () => topics.get().floor);
}

/** How many tasks wait; its version grows when any of them changed. */
export function useTasksState(): TasksState | null {
  const { topics } = useSession();
  return useSyncExternalStore(topics.subscribe, () => topics.get().tasks?.state ?? null);
}

/** Subscribes to a topic while mounted. */
export function useTopic(topic: Topic, on = true): void {
  const { connection } = useSession();
  useEffect(() => (on ? connection.want(topic) : undefined), [connection, topic, on]);
}

/** Re-renders only when the text made from the server's time changes. */
export function useTicking(text: (nowUs: number) => string): string {
  const { clock } = useSession();
  // In whole heartbeats, so that two readings in a row agree.
  const snapshot = useCallback(() => text(Math.floor(clock.nowUs() / BEAT_US) * BEAT_US), [clock, text]);
  return useSyncExternalStore(onTick, snapshot);
}

import type { FloorState, LiveEvent, MeState, QueueState, TasksState } from '@/api/types';

export type Topic = 'me' | 'floor' | 'tasks' | `queue:${string}`;

export type ServerMessage =
  | {
      readonly type: 'update';
      readonly topic: Topic;
      readonly cursor: string;
      readonly at_us: number;
      readonly events: readonly LiveEvent[];
      readonly state: MeState | FloorState | QueueState | TasksState;
    }
  | { readonly type: 'error'; readonly code: string; readonly topic?: string }
  | { readonly type: 'pong'; readonly at_us: number };

export type Update = Extract<ServerMessage, { type: 'update' }>;

export type ClientMessage =
  | { readonly op: 'subscribe'; readonly topics: readonly Topic[]; readonly cursor: string | null }
  | { readonly op: 'unsubscribe'; readonly topics: readonly Topic[] }
  | { readonly op: 'ping' };

/** Reads one text frame; `null` for anything that is not a message of ours. */
export function readMessage(data: unknown): ServerMessage | null {
  if (typeof data !== 'string') return null;
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null || !('type' in value)) return null;
    const known = value.type === 'update' || value.type === 'error' || value.type === 'pong';
    return known ? (value as ServerMessage) : null;
  } catch {
    return null;
  }
}

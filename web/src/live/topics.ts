import type { FloorState, MeState, QueueState, TasksState } from '@/api/types';
import type { Topic, Update } from './messages';

/** One topic's whole state and where its stream stands. */
export interface TopicSlot<S> {
  readonly state: S;
  readonly cursor: string;
  readonly atUs: number;
  /** Greatest ledger position seen in its events. */
  readonly seq: number;
  /** Which connection brought it. */
  readonly generation: number;
}

export interface Topics {
  readonly me: TopicSlot<MeState> | null;
  readonly floor: TopicSlot<FloorState> | null;
  readonly tasks: TopicSlot<TasksState> | null;
  readonly queues: Readonly<Record<string, TopicSlot<QueueState>>>;
}

export const NO_TOPICS: Topics = { me: null, floor: null, tasks: null, queues: {} };

/** Takes an update, unless a later one of the same connection is already there. */
export function applyUpdate(topics: Topics, update: Update, generation: number): Topics {
  const { topic } = update;
  if (topic === 'me') {
    const me = advance(topics.me, update as Update & { state: MeState }, generation);
    return me === topics.me ? topics : { ...topics, me };
  }
  if (topic === 'floor') {
    const floor = advance(topics.floor, update as Update & { state: FloorState }, generation);
    return floor === topics.floor ? topics : { ...topics, floor };
  }
  if (topic === 'tasks') {
    const tasks = advance(topics.tasks, update as Update & { state: TasksState }, generation);
    return tasks === topics.tasks ? topics : { ...topics, tasks };
  }
  const id = topic.slice('queue:'.length);
  const before = topics.queues[id] ?? null;
  const queue = advance(before, update as Update & { state: QueueState }, generation);
  return queue === before ? topics : { ...topics, queues: { ...topics.queues, [id]: queue } };
}

function advance<S>(slot: TopicSlot<S> | null, update: Update & { state: S }, generation: number): TopicSlot<S> {
  const seq = update.events.reduce((greatest, event) => Math.max(greatest, event.seq), slot?.seq ?? 0);
  const next = { state: update.state, cursor: update.cursor, atUs: update.at_us, seq, generation };
  if (slot === null) return next;
  // The first state of a connection always counts: it was read from the ledger for us.
  if (generation > slot.generation) return next;
  if (generation < slot.generation) return slot;
  const last = update.events.at(-1);
  const older = update.at_us < slot.atUs || (last !== undefined && last.seq < slot.seq);
  return older ? slot : next;
}

export function cursorOf(topics: Topics, topic: Topic): string | null {
  if (topic === 'me') return topics.me?.cursor ?? null;
  if (topic === 'floor') return topics.floor?.cursor ?? null;
  if (topic === 'tasks') return topics.tasks?.cursor ?? null;
  return topics.queues[topic.slice('queue:'.length)]?.cursor ?? null;
}

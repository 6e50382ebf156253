import type { RecordingRule } from '@/api/recording-policy';
import type { Queue } from '@/api/types';
import type { Days } from './recording/retention';

/** What is typed of a queue. */
export interface QueueDraft {
  readonly name: string;
  readonly skill_ids: readonly string[];
  readonly agent_ids: readonly string[];
  readonly ring_timeout_ms: number | null;
  readonly wrap_up_ms: number | null;
  readonly wait_max_ms: number | null;
  readonly waiting_max: number | null;
  readonly service_level_target_ms: number | null;
  readonly recording: RecordingRule;
  readonly retention_days: Days;
  /** None until one is chosen: the server puts a new queue where it thinks fit. */
  readonly site_id: string;
}

const FRESH: QueueDraft = {
  name: '',
  skill_ids: [],
  agent_ids: [],
  ring_timeout_ms: 20_000,
  wrap_up_ms: 60_000,
  wait_max_ms: null,
  waiting_max: null,
  service_level_target_ms: 20_000,
  recording: { mode: 'all', share_percent: null },
  retention_days: null,
  site_id: '',
};

/** What can be typed, and nothing else. */
export function draftOf(queue: Queue | null): QueueDraft {
  if (queue === null) return FRESH;
  const { name, skill_ids, agent_ids, ring_timeout_ms, wrap_up_ms, service_level_target_ms, recording, site_id } =
    queue;
  return {
    name,
    skill_ids,
    agent_ids,
    ring_timeout_ms,
    wrap_up_ms,
    wait_max_ms: queue.wait_max_ms ?? null,
    waiting_max: queue.waiting_max ?? null,
    service_level_target_ms,
    recording,
    retention_days: queue.retention_days ?? null,
    site_id,
  };
}

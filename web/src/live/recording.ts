import type { DeskRecording, Handling, PauseReason } from '@/api/types';

export interface TalkRecording {
  readonly state: DeskRecording['state'];
  /** Why it is paused. */
  readonly reason: PauseReason | null;
  /** When a pause ends by itself. */
  readonly endsAtUs: number | null;
  readonly mayStart: boolean;
  readonly mayStop: boolean;
}

/** What becomes of the sound of a talk; without a recording, nothing is kept. */
export function recordingOf({ recording }: Pick<Handling, 'recording'>): TalkRecording {
  const state = recording?.state ?? 'off';
  return {
    state,
    reason: state === 'paused' ? (recording?.paused ?? null) : null,
    endsAtUs: state === 'paused' ? (recording?.pause_ends_at_us ?? null) : null,
    mayStart: state === 'off' && (recording?.may_start ?? false),
    mayStop: state === 'on' && (recording?.may_stop ?? false),
  };
}

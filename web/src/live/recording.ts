import type { Handling, PauseReason } from '@/api/types';

export interface TalkRecording {
  readonly state: 'off' | 'on' | 'paused' | 'waiting_for_consent' | 'refused';
  /** Why it is paused. */
  readonly reason: PauseReason | null;
  /** When a pause ends by itself. */
  readonly endsAtUs: number | null;
  readonly mayStart: boolean;
  readonly mayStop: boolean;
}

/** What becomes of the sound of a talk; what the server leaves out follows from the rest. */
export function recordingOf({ recording }: Pick<Handling, 'recording'>): TalkRecording {
  const reason = recording?.paused ?? null;
  const state = recording?.state ?? (recording == null ? 'off' : reason === null ? 'on' : 'paused');
  return {
    state,
    reason: state === 'paused' ? reason : null,
    endsAtUs: state === 'paused' ? (recording?.pause_ends_at_us ?? null) : null,
    mayStart: state === 'off' && recording?.may_start === true,
    mayStop: state === 'on' && recording?.may_stop === true,
  };
}

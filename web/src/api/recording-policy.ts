import { take } from './client';
import { type RecordingPolicy, type RetentionPolicy, soon } from './soon';

export type { RecordingMode, RecordingPolicy, RecordingRule, RetentionPolicy } from './soon';

/** What is recorded, and for how long it is kept. */
export const recordingPolicy = {
  recording: () => take(soon.GET('/api/v1/recording-policy')),
  changeRecording: (body: RecordingPolicy) => take(soon.PUT('/api/v1/recording-policy', { body })),
  retention: () => take(soon.GET('/api/v1/retention-policy')),
  changeRetention: (body: RetentionPolicy) => take(soon.PUT('/api/v1/retention-policy', { body })),
};

import { client, take } from './client';
import type { RecordingPolicy, RetentionPolicy } from './types';

export type { RecordingMode, RecordingPolicy, RecordingRule, RetentionPolicy } from './types';

/** What is recorded, and for how long it is kept. */
export const recordingPolicy = {
  recording: () => take(client.GET('/api/v1/recording-policy')),
  changeRecording: (body: RecordingPolicy) => take(client.PUT('/api/v1/recording-policy', { body })),
  retention: () => take(client.GET('/api/v1/retention-policy')),
  changeRetention: (body: RetentionPolicy) => take(client.PUT('/api/v1/retention-policy', { body })),
};

import { describe, expect, it } from 'vitest';
import type { DeskRecording, Handling } from '@/api/types';
import { recordingOf, type TalkRecording } from './recording';

const none: TalkRecording = { state: 'off', reason: null, endsAtUs: null, mayStart: false, mayStop: false };

const barred: DeskRecording = { state: 'off', may_start: false, may_stop: false };

describe('the recording of a talk', () => {
  it.each<[string, Handling['recording'], Partial<TalkRecording>]>([
    ['none', null, {}],
    ['left out', undefined, {}],
    ['off, to be started', { ...barred, may_start: true }, { mayStart: true }],
    ['off, not to be started', barred, {}],
    ['on, to be stopped', { state: 'on', may_start: true, may_stop: true }, { state: 'on', mayStop: true }],
    [
      'paused with an end',
      { ...barred, state: 'paused', paused: 'other', pause_ends_at_us: 7, may_stop: true },
      { state: 'paused', reason: 'other', endsAtUs: 7 },
    ],
    [
      'an end left over from a pause',
      { ...barred, state: 'on', paused: 'other', pause_ends_at_us: 7 },
      { state: 'on' },
    ],
    [
      'waiting for the customer',
      { ...barred, state: 'waiting_for_consent', may_start: true },
      { state: 'waiting_for_consent' },
    ],
    ['refused', { ...barred, state: 'refused', may_start: true }, { state: 'refused' }],
  ])('%s', (_, recording, more) => {
    expect(recordingOf({ recording })).toEqual({ ...none, ...more });
  });
});

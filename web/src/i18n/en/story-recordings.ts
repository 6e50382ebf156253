import type { SameShape } from '../shape';
import type { recordings as zh } from '../zh/story-recordings';

export const recordings: SameShape<typeof zh> = {
  recording_started: { heard: 'Recording began', customer: "Recording of the customer's message began" },
  recording_paused: {
    card_data: '{{agent}} paused the recording: card data',
    personal_data: '{{agent}} paused the recording: personal data',
    other: '{{agent}} paused the recording',
  },
  recording_resumed: {
    agent: '{{agent}} resumed the recording after {{paused}}',
    talk_over: 'Talk over, recording goes on after a pause of {{paused}}',
    time: 'The pause was as long as one may be; recording goes on after {{paused}}',
  },
  recording_ruled: {
    all: 'From here on everything is recorded',
    all_asked: 'From here on everything is recorded once the customer agrees',
    none: 'From here on nothing is recorded',
    share: 'One of the {{percent}} % that are recorded here',
    share_asked: 'One of the {{percent}} % that are recorded here once the customer agrees',
    share_not: 'Not one of the {{percent}} % that are recorded here',
    on_demand: 'From here on the agent starts and stops the recording',
    on_demand_asked: 'From here on the agent starts and stops the recording, once the customer agrees',
  },
  recording_switched: {
    on: '{{agent}} started the recording',
    off: '{{agent}} stopped the recording',
    talk_over: 'Talk over, the recording that was started by hand ends',
  },
  consent_given: {
    key: 'Customer agreed to be recorded, by key',
    spoken: 'Customer agreed to be recorded, noted by {{agent}}',
  },
  consent_refused: {
    key: 'Customer refused to be recorded, by key',
    spoken: 'Customer refused to be recorded, noted by {{agent}}',
  },
  recording_gap: {
    overflow: '{{length}} of the recording are missing: the disk was too slow',
    disk_full: '{{length}} of the recording are missing: the disk was full',
    disk_failed: '{{length}} of the recording are missing: the disk refused to write',
    torn_off: '{{length}} of the recording are missing: cut off when the system stopped',
  },
  recording_sealed: {
    plain: 'Recording sealed, {{length}} long',
    recovered: 'Recording recovered after a restart and sealed, {{length}} long',
  },
  recording_failed: {
    no_key: 'Recording failed: its key could not be kept',
    lost: 'Recording failed: nothing of it was on disk after a restart',
    disk_failed: 'Recording failed: the disk did not take it',
    unreadable: 'Recording failed: what was written cannot be read',
  },
  recording_erased: {
    retention: 'Recording erased: it was kept as long as the policy says',
    request: 'Recording erased on request',
  },
};

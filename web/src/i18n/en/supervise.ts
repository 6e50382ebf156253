import type { supervise as zh } from '../zh/supervise';
import type { SameShape } from '../shape';

export const supervise: SameShape<typeof zh> = {
  open: 'Supervise {{name}}',
  mode: 'Who hears you',
  listen: 'Listen',
  whisper: 'Whisper',
  barge: 'Barge',
  hears: {
    listen: 'You hear everybody in the talk, nobody hears you',
    whisper: 'Only {{name}} hears you, the customer does not',
    barge: 'Customer and {{name}} hear you',
  },
  take_over: 'Take over',
  take_over_hint: 'The customer is yours, {{name}} wraps up',
  release: 'End call',
  release_hint: 'Ends the call, the customer is hung up on',
  release_sure: 'End the call of {{name}}? The customer is hung up on.',
  stop: 'Leave',
  silent: {
    paused: 'The recording is paused: you hear nothing and nobody hears you',
    held: 'The customer is on hold: you hear nothing and nobody hears you',
  },
  stop_hint: 'Stop listening',
};

import type { recording as zh } from '../zh/recording';
import type { SameShape } from '../shape';

export const recording: SameShape<typeof zh> = {
  what: 'What is recorded',
  how_long: 'How long it is kept',
  look: 'Recordings to look at',
  outbound: 'Calls agents make',
  mode: { all: 'All', share: 'Some of them', on_demand: 'When the agent says so', none: 'None' },
  mode_hint: {
    all: 'Every call is recorded',
    share: 'Drawn once for each conversation, which is then recorded as a whole or not at all',
    on_demand: 'Not recorded until the agent starts it during the talk',
    none: 'Not recorded, and agents cannot start it',
  },
  share: 'that is {percent}',
  share_label: 'Share',
  share_short: '{{percent}}% of them',
  before_queue: 'Record before a queue too',
  before_queue_hint: 'When off, menus and keys in flows are not recorded; from joining a queue on its own rule holds.',
  consent: "Record only with the customer's consent",
  consent_hint:
    'A consent node in the flow asks by key, or the agent asks and notes the answer. After a refusal the whole conversation stays unrecorded, transfers included.',
  pause_max: 'A pause lasts at most',
  pause_max_hint: 'Then recording goes on by itself, in case it was forgotten',
  recordings: 'Recordings',
  recordings_hint: 'Counted from their start; empty means for ever',
  messages: 'Messages',
  messages_hint: 'Counted from when they were left; empty means for ever',
  days: 'days',
  days_count: '{{count}}\u00a0d',
  ever: 'For ever',
  queues: 'Each queue',
  queues_hint: 'A queue has rules of its own, changed in the queue.',
  discard: 'Discard',
  erase: {
    title: 'Keeping things for fewer days erases for ever',
    recordings:
      'Recordings from before {{before}} are erased for ever. Queues with days of their own follow those; what is on hold stays.',
    messages: 'Messages from before {{before}} are erased for ever.',
    queue: 'Recordings of this queue from before {{before}} are erased for ever; what is on hold stays.',
    body: 'They cannot be brought back afterwards.',
    yes: 'Keep fewer days and erase',
  },
};

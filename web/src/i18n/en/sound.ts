import type { soundPage as zh } from '../zh/sound';
import type { SameShape } from '../shape';

/** How legs sound, on the page of a conversation and on the floor. */
export const soundPage: SameShape<typeof zh> = {
  sound: {
    strip: 'Sound of {{name}}: {{mean}} on average, {{worst}} at worst, of 4.5',
    strip_none: 'Sound of {{name}}: too little came to tell',
    caller: 'the customer',
    outside: 'the outside number',
    other: 'a supervisor or another line',
    rated: '{{grade}} {{mos}} · {{from}} – {{to}}',
    grade: { good: 'Good', fair: 'Fair', bad: 'Bad' },
    unrated: 'Too little to tell · {{from}} – {{to}}',
    loss_in: '{{loss}} lost towards us',
    loss_out: '{{loss}} lost towards the phone',
    jitter_in: 'jitter {{ms}} ms towards us',
    jitter_out: 'jitter {{ms}} ms towards the phone',
    round_trip: 'there and back {{ms}} ms',
    legend:
      'Below each line how it sounded: the higher the better; green is good, yellow fair, red bad. Point at it for figures.',
    nothing: 'Nothing was kept of how this conversation sounded.',
    floor: {
      bad: 'The call sounds bad: it fell to {{mos}} of 4.5',
      now: 'Sound now, of 4.5: agent {{agent}}, customer {{customer}}',
    },
  },
};

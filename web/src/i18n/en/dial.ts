import type { dial as zh } from '../zh/dial';
import type { SameShape } from '../shape';

export const dial: SameShape<typeof zh> = {
  open: 'Dial',
  title: 'Make a call',
  number: 'Number or extension',
  recent: 'Last dialled',
  placeholder: 'Number or agent ID',
  call: 'Call',
  backspace: 'Delete a digit',
  calling: 'Call {{number}}',
  call_back: 'Call back',
  key: 'Key {{key}}',
  keypad: 'Keypad',
  state: { dialling: 'Calling', ringing: 'Ringing there', phone: 'Pick up your phone' },
  result: {
    answered: 'Answered',
    busy: 'Busy',
    no_answer: 'No answer',
    declined: 'Declined',
    unreachable: 'Could not be reached',
    cancelled: 'Cancelled',
    agent_unavailable: 'Own phone not answered',
    node_restarted: 'Cut off by a restart',
    internal_fault: 'System fault',
    invalid_number: 'No such number',
    congestion: 'Network congested, try later',
    failed: 'Call failed',
  },
  by: { cause: 'said by the network', tone: 'by its tone', silence: 'nothing heard' },
};

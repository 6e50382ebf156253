import type { devices as zhDevices, dial as zhDial, outbound as zhOutbound } from '../zh/devices';
import type { SameShape } from '../shape';

export const devices: SameShape<typeof zhDevices> = {
  new: 'New phone',
  empty_title: 'No phones yet',
  empty_body:
    'Agents can talk by a desk phone or a program instead of the browser. Create one, then enter its user name and password into the phone.',
  columns: { name: 'Name', username: 'User name', agent: 'Agent', state: 'State', address: 'Address' },
  state: { offline: 'Not registered', silent: 'Registered, does not answer', reachable: 'Reachable' },
  name: 'Name',
  name_hint: 'Where it stands or who uses it, for instance “Front desk 2”',
  username: 'User name',
  username_hint: '2–40 lower-case letters, digits, dots or dashes; one of digits only can be dialled',
  agent: 'Used by',
  nobody: 'Nobody',
  auto_answer: 'Can answer by itself',
  auto_answer_hint:
    'The phone answers when the agent clicks Answer. Leave it off for phones that cannot; the agent picks up.',
  group_phone: 'Phone',
  group_use: 'Use',
  never: 'This phone is not registered. Enter server, user name and password into it.',
  expires: 'expires in {{time}}',
  password_title: 'Write the password down now',
  password_body: 'It is shown only this once and kept nowhere. If it is lost, set a new one.',
  server: 'Server',
  realm: 'Realm',
  password: 'Password',
  copy: 'Copy',
  copied: 'Copied',
  written: 'I have it',
  reset: 'Set a new password',
  reset_body: 'The old password stops working at once; the phone cannot be used until it has the new one.',
  remove: 'Delete the phone',
  remove_body: 'It can no longer register. A call in progress goes on.',
  removed: 'The phone is deleted',
};

export const outbound: SameShape<typeof zhOutbound> = {
  lead: 'From the desk, agents may call numbers that begin like this. With nothing listed nothing outside may be called; extensions and phones of the centre always may.',
  trunk: 'Through trunk',
  no_trunk: 'No calls outside',
  number: 'Number shown',
  first_number: 'The first number',
  prefixes: 'Numbers may begin with',
  prefixes_hint: 'Enter after each, for instance 0, 1 or +86; the shorter, the more is allowed',
  nothing: 'Nothing outside may be called at present.',
};

export const dial: SameShape<typeof zhDial> = {
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
  },
};

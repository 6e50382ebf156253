import type { SameShape } from '../shape';
import type { numbers as zh } from '../zh/numbers';

export const numbers: SameShape<typeof zh> = {
  new: 'Add a number',
  number: 'Number',
  number_hint:
    'As the trunk delivers it: digits, with “+” before them if the carrier writes it; a user name for a trunk that registers',
  number_fixed: 'The digits stay as they are; add another number instead',
  name: 'Name',
  name_hint: 'For instance “Hotline”',
  flow: 'Answered by the flow',
  flow_hint: 'Counts from the next call on',
  language: 'Language to begin in',
  language_hint: 'Of the prompts callers hear',
  answer: 'Answered',
  answer_hint:
    'The caller pays from the answer on. With an agent: until then greeting and queue music are early media, free of charge. Menus, messages and the question about recording need the answer, and so does a wait of nearly three minutes. Not every carrier lets early media through, and keys may not arrive before the answer.',
  answer_when: { at_once: 'At once', with_agent: 'When an agent takes the call' },
  no_flows:
    'There are no flows yet, so no number can be answered. Run callisto user add on the server: it makes the first ones.',
  empty_title: 'No numbers yet: calls are refused',
  empty_body:
    'Add the number customers dial, written as the trunk delivers it, and choose the flow that answers. Calls come in as soon as it is saved.',
  remove: 'Delete the number',
  remove_body: 'Calls to it are refused from then on. What happened on it stays.',
  removed: 'The number is deleted',
  in_use: 'It cannot be deleted now: a call of it is not over, or calls out show it.',
};

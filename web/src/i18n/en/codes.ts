import type { SameShape } from '../shape';
import type { codes as zh } from '../zh/codes';

export const codes: SameShape<typeof zh> = {
  dispositions: 'Dispositions',
  dispositions_lead: 'After a call the agent chooses one; the first nine by the keys 1–9.',
  dispositions_empty: 'No dispositions yet: agents have nothing to choose at the end of a call. Add the first one.',
  reasons: 'Not-ready reasons',
  reasons_lead: 'Agents choose one when they are not ready; supervisors see it on the floor.',
  reasons_empty: 'No reasons yet. Add the first one.',
  add: 'Add',
  name_zh: 'In Chinese',
  name_en: 'In English',
  state: 'State',
  acts: 'Actions',
  active: 'In use',
  inactive: 'Retired',
  put_out: 'Retire',
  put_in: 'Use again',
  up: 'Move “{{name}}” up',
};

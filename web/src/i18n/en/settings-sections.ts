import type { sections as zh } from '../zh/settings-sections';
import type { SameShape } from '../shape';

export const title = 'Settings';

export const sections: SameShape<typeof zh> = {
  queues: 'Queues',
  agents: 'Agents',
  devices: 'Phones',
  sites: 'Sites',
  outbound: 'Outbound calls',
  numbers: 'Numbers',
  lists: 'Unwanted calls',
  recording: 'Recording',
  codes: 'Dispositions and reasons',
  hours: 'Opening hours',
  flows: 'Flows',
  audit: 'Audit trail',
  system: 'System',
};

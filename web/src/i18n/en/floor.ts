import type { floor as zh } from '../zh/floor';
import type { SameShape } from '../shape';

export const floor: SameShape<typeof zh> = {
  title: 'Live floor',
  queues: 'Queues',
  agents: 'Agents',
  in_flow: '{{count}} in flows',
  columns: {
    queue: 'Queue',
    waiting: 'Waiting',
    longest: 'Longest',
    service_level: 'Service level',
    offered: 'Offered',
    answered: 'Answered',
    abandoned: 'Abandoned',
    ready: 'Ready',
    busy: 'Busy',
    signed_in: 'Signed in',
  },
  figure: {
    waiting: {
      name: 'Waiting',
      how: 'Customers in the queue who are not answered yet, those ringing included.',
      period: 'now',
    },
    longest: {
      name: 'Longest wait',
      how: 'Now minus the time of joining, the greatest of those who wait.',
      period: 'now',
    },
    service_level: {
      name: 'Service level',
      how: 'Answered within {{target}} ÷ (answered + abandoned − short abandons). The clock starts at joining and includes ringing.',
      period: 'today, by time of joining',
    },
    offered: {
      name: 'Offered',
      how: 'Visits to this queue = answered + abandoned + flowed out + still waiting + failed.',
      period: 'today, by time of joining',
    },
    answered: { name: 'Answered', how: 'Visits answered by an agent.', period: 'today, by time of joining' },
    abandoned: {
      name: 'Abandoned',
      how: 'Visits where the customer hung up before an answer.',
      period: 'today, by time of joining',
    },
    ready: {
      name: 'Ready agents',
      how: 'Agents of this queue who are ready, have a connected phone and no work in hand.',
      period: 'now',
    },
    busy: {
      name: 'Busy agents',
      how: 'Agents of this queue who are ringing, talking, on hold or in wrap-up.',
      period: 'now',
    },
    link: 'See these conversations',
    period: 'Counted: {{period}}',
  },
  over_target: 'Over the target of {{target}}',
  no_queues_title: 'No queues yet',
  no_queues_body: 'Live figures appear here once there are queues with agents.',
  no_agents: 'No agents',
  signed_out: '{{count}} not signed in',
  phone_off: 'Phone not connected',
  waiting_list: 'Customers waiting',
  alarm_waiting: '{{count}} waiting and no agent ready',
};

import type { SameShape } from '../shape';
import type {
  handoverStarted as zhStarted,
  loanEnds as zhLoanEnds,
  parkEnds as zhParkEnds,
} from '../zh/story-handover';

/** A customer is parked, or lent to a flow. */
export const handoverStarted: SameShape<typeof zhStarted> = {
  park: '{{agent}} parked the customer',
  park_why: '{{agent}} parked the customer: {{why}}',
  loan: '{{agent}} sends the customer through flow {{to}} and back',
  loan_why: '{{agent}} sends the customer through flow {{to}} and back: {{why}}',
};

export const parkEnds: SameShape<typeof zhParkEnds> = {
  park_completed: 'No longer parked: {{agent}} picked the customer up',
  park_declined: 'The pick-up was declined, the time was over, and the customer went back',
  park_no_answer: 'Nobody picked the customer up, who went back',
  park_busy: 'The phone that picked up was busy, the time was over, and the customer went back',
  park_unreachable: 'The phone that picked up was lost, the time was over, and the customer went back',
  park_dropped: 'A supervisor ended the call of the parked customer',
  park_customer_left: 'Customer hung up while parked',
  park_failed: 'Parking ended by a fault of the system',
  park_node_restarted: 'Parking cut off by a restart of the system',
};

export const loanEnds: SameShape<typeof zhLoanEnds> = {
  loan_returned: 'Flow {{to}} is over: the customer goes back',
  loan_completed: 'Flow {{to}} put the customer into a queue, and they do not go back',
  loan_customer_left: 'Customer hung up in flow {{to}}',
  loan_dropped: 'The call was ended from the floor in flow {{to}}',
  loan_failed: 'Flow {{to}} ended by a fault of the system',
  loan_node_restarted: 'Flow {{to}} cut off by a restart of the system',
};

export const conferenceEnds = {
  consult_conferenced: '{{to}} takes part in a conference',
  conference_conferenced: '{{to}} takes part in a conference',
  conference_declined: '{{to}} declined to join in',
  conference_no_answer: '{{to}} did not answer and does not join in',
  conference_unreachable: '{{to}} could not be reached and does not join in',
  conference_busy: '{{to}} was busy and does not join in',
  conference_invalid_number: '{{to}} is no valid number and does not join in',
  conference_dropped: '{{to}} is not asked to join in any more',
  conference_customer_left: 'Customer hung up while {{to}} was asked to join in',
  conference_failed: 'Asking {{to}} to join in ended by a fault of the system',
  conference_node_restarted: 'Asking {{to}} to join in cut off by a restart of the system',
} as const;

export const conferenceChanged = {
  muted: '{{agent}} muted {{to}}',
  unmuted: '{{agent}} let {{to}} be heard again',
  leads: '{{to}} has the customer now',
  left_hung_up: '{{to}} left the conference',
  left_dropped: '{{agent}} let {{to}} go',
  left_unreachable: '{{to}} was lost and is out of the conference',
  left_talk_over: 'The talk is over, and {{to}} is out',
  left_failed: '{{to}} is out by a fault of the system',
  left_node_restarted: '{{to}} is out by a restart of the system',
} as const;

import type {
  agent_telephone_changed as zhChanged,
  mobile_called as zhCalled,
  mobile_ended as zhEnded,
} from '../zh/story-mobile';
import type { SameShape } from '../shape';

/** What became of an agent's number outside. */
export const mobile_ended: SameShape<typeof zhEnded> = {
  over: "The call on {{agent}}'s mobile is over",
  withdrawn: "The call to {{agent}}'s mobile was taken back before it was answered",
  declined: '{{agent}} declined on the mobile',
  busy: "{{agent}}'s mobile is busy",
  unanswered: "{{agent}}'s mobile was not answered",
  no_key: "Nobody pressed 1 on {{agent}}'s mobile; a mailbox may have answered",
  invalid_number: "{{agent}}'s mobile number does not exist",
  unreachable: "{{agent}}'s mobile could not be reached",
  not_allowed: "{{agent}}'s mobile was not called: the rules for calls out do not allow the number",
  limit_reached: "{{agent}}'s mobile was not called: a limit of calls out is reached",
  calls_stopped: "{{agent}}'s mobile was not called: calls out are stopped",
  lines_busy: "{{agent}}'s mobile was not called: no line is free",
};

export const mobile_called: SameShape<typeof zhCalled> = { plain: "{{agent}}'s mobile is called" };

/** What an agent takes calls with from now on. */
export const agent_telephone_changed: SameShape<typeof zhChanged> = {
  device: '{{agent}} works with the phone {{device}}',
  browser: '{{agent}} works with the browser',
  mobile: '{{agent}} works with the mobile',
};

import type {
  block as zhBlock,
  dead_air_found as zhDeadAir,
  flow_node_left as zhNodeLeft,
  known as zhKnown,
  legDegraded as zhLegDegraded,
  legRated as zhLegRated,
  outbound_recognised as zhRecognised,
  route as zhRoute,
} from '../zh/story-lines';
import type { SameShape } from '../shape';

/** Why a trunk was not taken. */
export const block: SameShape<typeof zhBlock> = {
  unknown: 'it is not among the trunks',
  unreachable: 'it is down',
  full: 'all its channels are in use',
  outbound_full: 'all its channels out are in use',
  inbound_full: 'all its channels in are in use',
  per_minute: 'its calls of this minute are used up',
  per_day: 'its calls of today are used up',
};

/** How a call went out. */
export const route: SameShape<typeof zhRoute> = {
  rule: 'By rule “{{rule}}”, through {{trunk}}',
  plain: 'Through {{trunk}}',
  passed: 'not through {{trunk}}: {{block}}',
  join: '; ',
};

/** A leg became bad, or good again. */
export const legDegraded: SameShape<typeof zhLegDegraded> = {
  customer_bad: "The customer's line sounds bad: {{mos}} of 4.5",
  agent_bad: "{{agent}}'s line sounds bad: {{mos}} of 4.5",
  other_bad: 'A line sounds bad: {{mos}} of 4.5',
  customer_good: "The customer's line sounds good again: {{mos}}",
  agent_good: "{{agent}}'s line sounds good again: {{mos}}",
  other_good: 'A line sounds good again: {{mos}}',
};

/** How a leg sounded, in sum. */
export const legRated: SameShape<typeof zhLegRated> = {
  customer: "The customer's line sounded {{mos}} on average, {{worst}} at worst",
  agent: "{{agent}}'s line sounded {{mos}} on average, {{worst}} at worst",
  other: 'A line sounded {{mos}} on average, {{worst}} at worst',
  short: 'A line was too short to be rated',
};

/** How the result of a call is known. */
export const known: SameShape<typeof zhKnown> = {
  cause: 'Known by what the network said: {{code}}',
  tone: {
    dial: 'Known by the dial tone',
    ringback: 'Known by the ringback tone',
    busy: 'Known by the busy tone',
    congestion: 'Known by the congestion tone',
    unobtainable: 'Known by the number-unobtainable tone',
    information: 'Known by the special information tone',
  },
  silence: 'Known by silence: nothing was heard',
};

/** What an answered call turned out to be. */
export const outbound_recognised: SameShape<typeof zhRecognised> = {
  busy: 'A busy tone came after the answer',
  congestion: 'A congestion tone came after the answer',
  invalid_number: 'A number-unobtainable tone came after the answer: no such number',
  unreachable: 'A special information tone came after the answer: could not be reached',
};

/** What was done about silence. */
export const dead_air_found: SameShape<typeof zhDeadAir> = {
  told: 'Nothing heard for {{silence}}; {{agent}} was told',
  over: 'Something was heard after {{silence}} of silence',
  ended: 'Neither a sound nor a key of the caller for {{silence}}; the call was ended',
  diverted: 'Neither a sound nor a key of the caller for {{silence}}; goes through the flow “{{node}}”',
};

/** Who let stopped calls go on. */
export const outbound_released = {
  agent: '{{person}} let {{agent}} make calls again',
  rule: '{{person}} let calls by rule “{{rule}}” go on',
};

/** How a node of a flow was left. */
export const flow_node_left: SameShape<typeof zhNodeLeft> = {
  next: '“{{node}}” done',
  choice: 'Pressed “{{choice}}” at “{{node}}”',
  invalid: 'Too many wrong keys at “{{node}}”',
  timeout: 'No key in time at “{{node}}”',
  open: '“{{node}}”: open',
  closed: '“{{node}}”: closed',
  full: '“{{node}}”: the queue is full',
  nothing: 'No message was left at “{{node}}”',
  yes: 'Agreed at “{{node}}”',
  no: 'Refused at “{{node}}”',
  customer_left: 'Customer hung up at “{{node}}”',
  failed: '“{{node}}” was ended by the system',
  node_restarted: '“{{node}}” cut off by a restart of the system',
};

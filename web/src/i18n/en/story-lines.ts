import type {
  block as zhBlock,
  route as zhRoute,
  legDegraded as zhLegDegraded,
  legRated as zhLegRated,
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

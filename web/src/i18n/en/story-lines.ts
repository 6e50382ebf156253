import type { block as zhBlock, route as zhRoute } from '../zh/story-lines';
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

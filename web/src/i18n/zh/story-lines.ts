/** Why a trunk was not taken. */
export const block = {
  unknown: '不在中继列表里',
  unreachable: '线路不通',
  full: '合计路数已满',
  outbound_full: '呼出路数已满',
  inbound_full: '呼入路数已满',
  per_minute: '本分钟的呼出次数已满',
  per_day: '今天的呼出次数已满',
} as const;

/** How a call went out. */
export const route = {
  rule: '按规则“{{rule}}”，经 {{trunk}}',
  plain: '经 {{trunk}}',
  passed: '没有走 {{trunk}}：{{block}}',
  join: '；',
} as const;

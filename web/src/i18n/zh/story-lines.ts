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

/** A leg became bad, or good again. */
export const legDegraded = {
  customer_bad: '客户线路音质变差：{{mos}} 分（满分 4.5）',
  agent_bad: '{{agent}} 的线路音质变差：{{mos}} 分（满分 4.5）',
  other_bad: '一路线路音质变差：{{mos}} 分（满分 4.5）',
  customer_good: '客户线路音质恢复：{{mos}} 分',
  agent_good: '{{agent}} 的线路音质恢复：{{mos}} 分',
  other_good: '一路线路音质恢复：{{mos}} 分',
} as const;

/** How a leg sounded, in sum. */
export const legRated = {
  customer: '客户线路音质：平均 {{mos}} 分，最差 {{worst}} 分',
  agent: '{{agent}} 的线路音质：平均 {{mos}} 分，最差 {{worst}} 分',
  other: '一路线路音质：平均 {{mos}} 分，最差 {{worst}} 分',
  short: '线路时间太短，音质无法评分',
} as const;

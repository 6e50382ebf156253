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

/** How the result of a call is known. */
export const known = {
  cause: '依据：网络回复 {{code}}',
  tone: {
    dial: '依据：听到拨号音',
    ringback: '依据：听到回铃音',
    busy: '依据：听到忙音',
    congestion: '依据：听到拥塞音',
    unobtainable: '依据：听到空号音',
    information: '依据：听到特殊信号音',
  },
  silence: '依据：一直没有声音',
} as const;

/** What an answered call turned out to be. */
export const outbound_recognised = {
  busy: '接通后听到忙音，对方忙',
  congestion: '接通后听到拥塞音，网络拥塞',
  invalid_number: '接通后听到空号音，号码不存在',
  unreachable: '接通后听到特殊信号音，打不通',
} as const;

/** What was done about silence. */
export const dead_air_found = {
  told: '{{silence}}没有声音，已提示 {{agent}}',
  over: '静默 {{silence}}后听到了声音',
  ended: '来电 {{silence}}没有声音也没有按键，已挂断',
  diverted: '来电 {{silence}}没有声音也没有按键，进入流程“{{node}}”',
} as const;

/** How a node of a flow was left. */
export const flow_node_left = {
  next: '“{{node}}”完成',
  choice: '在“{{node}}”按键选择“{{choice}}”',
  invalid: '在“{{node}}”多次按错键',
  timeout: '在“{{node}}”没有按键，超时',
  open: '“{{node}}”：在服务时间内',
  closed: '“{{node}}”：不在服务时间内',
  full: '“{{node}}”：队列已满',
  nothing: '在“{{node}}”没有留下留言',
  yes: '在“{{node}}”表示同意',
  no: '在“{{node}}”表示拒绝',
  customer_left: '客户在“{{node}}”挂机',
  failed: '“{{node}}”由系统结束',
  node_restarted: '“{{node}}”因系统重启中断',
} as const;

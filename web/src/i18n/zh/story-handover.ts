/** A customer is parked, or lent to a flow. */
export const handoverStarted = {
  park: '{{agent}} 驻留客户',
  park_why: '{{agent}} 驻留客户：{{why}}',
  loan: '{{agent}} 让客户听流程 {{to}}，听完转回',
  loan_why: '{{agent}} 让客户听流程 {{to}}，听完转回：{{why}}',
} as const;

export const parkEnds = {
  park_completed: '驻留结束，客户已由 {{agent}} 取回',
  park_declined: '取回被拒接，驻留到时，客户转回',
  park_no_answer: '无人取回，客户转回',
  park_busy: '取回的话机忙，驻留到时，客户转回',
  park_unreachable: '取回的话机断开，驻留到时，客户转回',
  park_dropped: '驻留中的客户被班长强拆',
  park_customer_left: '客户在驻留中挂机',
  park_failed: '驻留因系统故障中断',
  park_node_restarted: '驻留因系统重启中断',
} as const;

export const loanEnds = {
  loan_returned: '流程 {{to}} 结束，客户转回',
  loan_completed: '流程 {{to}} 把客户转入队列，不再转回',
  loan_customer_left: '客户在流程 {{to}} 中挂机',
  loan_dropped: '班长结束了流程 {{to}} 中的通话',
  loan_failed: '流程 {{to}} 因系统故障中断',
  loan_node_restarted: '流程 {{to}} 因系统重启中断',
} as const;

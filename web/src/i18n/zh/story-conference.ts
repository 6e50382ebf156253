export const conferenceEnds = {
  consult_conferenced: '{{to}} 进入多方通话',
  conference_conferenced: '{{to}} 进入多方通话',
  conference_declined: '{{to}} 没有加入：拒接',
  conference_no_answer: '{{to}} 没有加入：无人接听',
  conference_unreachable: '{{to}} 没有加入：无法接通',
  conference_busy: '{{to}} 没有加入：忙',
  conference_invalid_number: '{{to}} 没有加入：号码无效',
  conference_dropped: '不再邀请 {{to}}',
  conference_customer_left: '邀请 {{to}} 期间客户挂机',
  conference_failed: '邀请 {{to}} 因系统故障中断',
  conference_node_restarted: '邀请 {{to}} 因系统重启中断',
} as const;

export const conferenceChanged = {
  muted: '{{agent}} 将 {{to}} 静音',
  unmuted: '{{agent}} 取消 {{to}} 的静音',
  leads: '由 {{to}} 接手客户',
  left_hung_up: '{{to}} 退出多方通话',
  left_dropped: '{{agent}} 请出 {{to}}',
  left_unreachable: '{{to}} 断线，退出多方通话',
  left_talk_over: '通话结束，{{to}} 退出',
  left_failed: '{{to}} 因系统故障退出',
  left_node_restarted: '{{to}} 因系统重启退出',
} as const;

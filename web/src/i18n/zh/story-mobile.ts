/** 坐席的外部号码怎样了。 */
export const mobile_ended = {
  over: '{{agent}} 手机上的通话结束',
  withdrawn: '{{agent}} 接听前，对其手机的呼叫取消',
  declined: '{{agent}} 在手机上拒接',
  busy: '{{agent}} 的手机忙',
  unanswered: '{{agent}} 的手机无人接听',
  no_key: '{{agent}} 的手机接通后没有按 1，可能是语音信箱',
  invalid_number: '{{agent}} 的手机号码是空号',
  unreachable: '{{agent}} 的手机无法接通',
  not_allowed: '未呼叫 {{agent}} 的手机：外呼规则不允许该号码',
  limit_reached: '未呼叫 {{agent}} 的手机：外呼已达上限',
  calls_stopped: '未呼叫 {{agent}} 的手机：外呼已被停止',
  lines_busy: '未呼叫 {{agent}} 的手机：没有空闲线路',
};

export const mobile_called = { plain: '呼叫 {{agent}} 的手机' };

/** 坐席改用的电话。 */
export const agent_telephone_changed = {
  device: '{{agent}} 改用话机 {{device}}',
  browser: '{{agent}} 改用浏览器通话',
  mobile: '{{agent}} 改用手机',
};

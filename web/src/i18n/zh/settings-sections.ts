/** What the pages of the settings are called; the palette has it without the rest. */
export const title = '设置';

export const sections = {
  queues: '队列',
  agents: '坐席',
  devices: '话机',
  sites: '网点',
  outbound: '外呼规则',
  numbers: '号码',
  lists: '来电名单',
  recording: '录音',
  codes: '结果与原因',
  hours: '服务时间',
  flows: '流程',
  audit: '审计',
  system: '系统',
};

/** What is told of recordings and of consent to them. */
export const recordings = {
  recording_started: { heard: '开始录音', customer: '开始录制客户留言' },
  recording_paused: {
    card_data: '{{agent}} 暂停录音：客户提供银行卡信息',
    personal_data: '{{agent}} 暂停录音：客户提供个人敏感信息',
    other: '{{agent}} 暂停录音',
  },
  recording_resumed: {
    agent: '{{agent}} 恢复录音，暂停了 {{paused}}',
    talk_over: '通话结束，录音恢复，暂停了 {{paused}}',
    time: '暂停达到上限，录音自动恢复，暂停了 {{paused}}',
  },
  recording_ruled: {
    all: '从此处起全程录音',
    all_asked: '从此处起全程录音，须先征得客户同意',
    none: '从此处起不录音',
    share: '此处抽取 {{percent}}% 录音，本次被抽中',
    share_asked: '此处抽取 {{percent}}% 录音，本次被抽中，须先征得客户同意',
    share_not: '此处抽取 {{percent}}% 录音，本次未被抽中',
    on_demand: '从此处起由坐席控制录音',
    on_demand_asked: '从此处起由坐席控制录音，须先征得客户同意',
  },
  recording_switched: {
    on: '{{agent}} 开始录音',
    off: '{{agent}} 停止录音',
    talk_over: '通话结束，手动开始的录音随之结束',
  },
  consent_given: { key: '客户按键同意录音', spoken: '客户口头同意录音，由 {{agent}} 记录' },
  consent_refused: { key: '客户按键拒绝录音', spoken: '客户口头拒绝录音，由 {{agent}} 记录' },
  recording_gap: {
    overflow: '录音缺失 {{length}}：磁盘跟不上',
    disk_full: '录音缺失 {{length}}：磁盘已满',
    disk_failed: '录音缺失 {{length}}：磁盘写入失败',
    torn_off: '录音缺失 {{length}}：系统中断时未写完',
  },
  recording_sealed: { plain: '录音已封存，时长 {{length}}', recovered: '系统重启后恢复并封存录音，时长 {{length}}' },
  recording_failed: {
    no_key: '录音失败：密钥未能保存',
    lost: '录音失败：系统重启后磁盘上没有内容',
    disk_failed: '录音失败：磁盘无法写入',
    unreadable: '录音失败：已写入的内容无法读取',
  },
  recording_erased: { retention: '录音保存期满，已销毁', request: '录音已按要求销毁' },
};

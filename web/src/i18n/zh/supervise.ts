export const supervise = {
  open: '监听与协助 {{name}}',
  mode: '谁能听到您',
  listen: '监听',
  whisper: '密语',
  barge: '强插',
  hears: {
    listen: '您听到通话中的每个人，谁也听不到您',
    whisper: '只有 {{name}} 能听到您，客户听不到',
    barge: '客户和 {{name}} 都能听到您',
  },
  take_over: '代接',
  take_over_hint: '客户转给您，{{name}} 进入话后处理',
  release: '强拆',
  release_hint: '结束这通电话，客户也被挂断',
  release_sure: '结束 {{name}} 的通话？客户也会被挂断。',
  stop: '退出',
  silent: {
    paused: '录音暂停中，双方听不到您，您也听不到',
    held: '客户保持中，双方听不到您，您也听不到',
  },
  stop_hint: '不再监听',
} as const;

/** Microphone and speaker of the browser phone. */
const words = {
  microphone: '麦克风',
  speaker: '扬声器',
  default: '系统默认',
  unnamed: { microphone: '麦克风 {{n}}', speaker: '扬声器 {{n}}' },
  missing: '所选设备未插入',
  no_choice: '此浏览器由系统决定从哪里播放。',
  level: '麦克风音量',
  quiet: '听不到声音。请检查耳机上的静音开关，或换一个麦克风。',
  noise: '麦克风降噪',
  noise_hint: '背景安静或使用专业耳机时可以关闭。',
  try: '录音试听',
  try_hint: '录三秒再放给您听，只在本机，不会发送。',
  try_in_call: '通话中，对方仍能听到您；试听只有您听得到。',
  tone: '播放提示音',
  stop: '停止',
  recording: '请说话，正在录音',
  playing: '正在播放您的录音',
  playing_tone: '正在播放提示音',
  heard: '如果听得清楚，设备就没有问题。',
  nothing_recorded: '没有录到声音。请检查静音开关，或换一个麦克风。',
  failed: '试听没有成功，请重试。',
  echo: {
    start: '回声测试',
    hint: '声音经服务器走一个来回，半秒后您会听到自己。最长 30 秒，来电即停。',
    running: '请说话，您会在半秒后听到自己。',
    ringing: '您的话机会振铃，接起后说话，半秒后会听到自己。',
    busy: '有来电或通话时不能做回声测试。',
    over: '回声测试结束。',
    figures: '回声测试结束：往返 {{rtt}} 毫秒，回程丢包 {{loss}}%。',
    failed: '回声测试没有成功，请重试。',
  },
  kept: '未能换用，仍使用原来的设备。',
  opening: '正在打开麦克风，请在浏览器提示中允许使用',
} as const;

/** They come with the panel that says them. */
export const audioPanel = { audio: words } as const;

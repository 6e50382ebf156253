/** How legs sound, on the page of a conversation and on the floor. */
const words = {
  strip: '{{name}} 的音质：平均 {{mean}} 分，最差 {{worst}} 分（满分 4.5）',
  strip_none: '{{name}} 的音质：数据太少，无法评分',
  caller: '客户',
  outside: '外部号码',
  other: '班长或其他线路',
  rated: '{{grade}} {{mos}} 分 · {{from}} – {{to}}',
  grade: { good: '良好', fair: '一般', bad: '差' },
  unrated: '数据太少 · {{from}} – {{to}}',
  loss_in: '收到方向丢包 {{loss}}',
  loss_out: '发出方向丢包 {{loss}}',
  jitter_in: '收到方向抖动 {{ms}} 毫秒',
  jitter_out: '发出方向抖动 {{ms}} 毫秒',
  round_trip: '往返 {{ms}} 毫秒',
  legend: '每条下方是音质：越高越好，绿色良好、黄色一般、红色差；指向可看数据。',
  nothing: '没有保存这次会话的音质数据。',
  floor: {
    bad: '通话音质差（降到 {{mos}} 分，满分 4.5）',
    now: '当前音质（满分 4.5）：坐席 {{agent}}，客户 {{customer}}',
  },
} as const;

/** They come with the first page that shows them. */
export const soundPage = { sound: words } as const;

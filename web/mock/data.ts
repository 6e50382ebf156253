import type { Agent, BilingualName, Device, Flow, Named, PhoneNumber, Queue } from '@/api/types';

/** Ids of the same shape as the server's. */
export const id = (prefix: string, n: number): string => `${prefix}_00CW${String(n).padStart(9, '0')}`;

export const SITE = id('sit', 1);
const SHOP = id('sit', 2);

export const skills: Named[] = [
  { id: id('skl', 1), name: '售前咨询' },
  { id: id('skl', 2), name: '售后维修' },
  { id: id('skl', 3), name: 'English' },
];

export const queues: Queue[] = [
  queue(1, '售前咨询', [1], 20_000, 60_000, 20_000),
  queue(2, '售后服务与配件（含节假日值班）', [2], 20_000, 90_000, 30_000),
  queue(3, 'English desk', [3], 25_000, 60_000, 20_000),
];

function queue(n: number, name: string, skill: number[], ring: number, wrap: number, target: number): Queue {
  return {
    id: id('que', n),
    name,
    skill_ids: skill.map((one) => id('skl', one)),
    ring_timeout_ms: ring,
    wrap_up_ms: wrap,
    wait_max_ms: n === 3 ? null : 600_000,
    service_level_target_ms: target,
    music: 'music/calm',
    entry_sounds: ['queue.please_wait'],
    recording:
      n === 1
        ? { mode: 'all', share_percent: null }
        : n === 2
          ? { mode: 'share', share_percent: 25 }
          : { mode: 'on_demand', share_percent: null },
    retention_days: n === 2 ? 90 : null,
    agent_ids: [1, 2, 3, 4].map((one) => id('agt', one)),
    site_id: SITE,
    team_id: null,
    version: 3,
  };
}

const PEOPLE = [
  ['chen.jing', '陈静', '8001', 'agent'],
  ['li.wei', '李伟', '8002', 'agent'],
  ['wang.fang', '王芳', '8003', 'agent'],
  ['alexandra', 'Alexandra Featherstonehaugh', '8004', 'agent'],
  ['zhao.min', '赵敏', '8005', 'agent'],
  ['liu.yang', '刘洋', '8006', 'agent'],
  ['zhou.jie', '周杰', '8007', 'agent'],
  ['sun.li', '孙丽', '8100', 'supervisor'],
  ['admin', '系统管理员', '8900', 'administrator'],
] as const;

export const agents: Agent[] = PEOPLE.map(([username, name, extension, role], index) => ({
  id: id('agt', index + 1),
  username,
  name,
  extension,
  role,
  queue_ids: [id('que', 1), ...(index % 2 === 0 ? [id('que', 2)] : [])],
  skill_ids: [id('skl', 1), ...(index % 2 === 0 ? [id('skl', 2)] : [])],
  site_id: index % 3 === 1 ? SHOP : SITE,
  reach: role === 'supervisor' ? 'site' : 'tenant',
  team_id: null,
  enabled: index !== 6,
  version: 1,
}));

export const devices: Device[] = [
  ['12 号台话机', 'desk-12', 2, 'reachable'],
  ['前台', '8101', 0, 'silent'],
  ['会议室', 'meeting', 0, 'offline'],
].map(([name, username, agent, state], index) => ({
  id: id('dev', index + 1),
  name: String(name),
  username: String(username),
  ...(agent === 0 ? {} : { agent_id: id('agt', Number(agent)) }),
  auto_answer: index === 0,
  encryption: index === 0 ? 'required' : 'when_offered',
  site_id: index === 0 ? SITE : SHOP,
  ...(index === 2 ? { refused: { address: '203.0.113.24:5060', at_us: (Date.now() - 754_000) * 1000 } } : {}),
  state: state as Device['state'],
  contacts:
    state === 'offline'
      ? []
      : [
          {
            address: `192.168.8.${String(40 + index)}:5060`,
            transport: index === 0 ? 'tls' : 'udp',
            user_agent: 'Desk Phone 4.2',
            expires_in_ms: 284_000,
            reachable: state === 'reachable',
          },
        ],
  version: 1,
}));

const names = (prefix: string, list: readonly (readonly [zh: string, en: string])[]): BilingualName[] =>
  list.map(([name_zh, name_en], index) => ({ id: id(prefix, index + 1), name_zh, name_en, active: true, version: 1 }));

export const reasons = names('nrr', [
  ['小休', 'Break'],
  ['用餐', 'Meal'],
  ['会议', 'Meeting'],
  ['培训', 'Training'],
]);

export const dispositions = names('dsp', [
  ['已解决', 'Resolved'],
  ['需要回电', 'Call back'],
  ['转工单', 'Ticket needed'],
  ['咨询价格', 'Asked for a price'],
  ['投诉', 'Complaint'],
  ['打错电话', 'Wrong number'],
]);

export const numbers: PhoneNumber[] = [
  {
    id: id('num', 1),
    number: '4008001234',
    name: '全国服务热线',
    flow_id: id('flw', 1),
    language: 'zh',
    calendar_id: null,
    answer: 'at_once',
    site_id: SITE,
    version: 1,
  },
  {
    id: id('num', 2),
    number: '02088886666',
    name: '广州门店',
    flow_id: id('flw', 1),
    language: 'zh',
    calendar_id: null,
    answer: 'at_once',
    site_id: SITE,
    version: 1,
  },
  {
    id: id('num', 3),
    number: '1003',
    name: '休息时间演示',
    flow_id: id('flw', 2),
    language: 'en',
    calendar_id: null,
    answer: 'at_once',
    site_id: SITE,
    version: 1,
  },
];

export const flows: Flow[] = [
  {
    id: id('flw', 1),
    name: '热线主流程',
    version: 4,
    entry: 0,
    nodes: [
      node('服务时间', 'hours', [], [exit('open', 1), exit('closed', 6)]),
      node('欢迎语', 'play', ['greeting.welcome'], [exit('next', 2)]),
      node(
        '主菜单',
        'menu',
        ['menu.main'],
        [
          exit('choice', 3, '1', '售前咨询'),
          exit('choice', 4, '2', '售后服务'),
          exit('choice', 5, '9', 'English'),
          exit('invalid', 7),
          exit('timeout', 3),
        ],
      ),
      { ...node('转售前', 'enqueue', [], [exit('timeout', 7)]), queue_id: id('que', 1) },
      { ...node('转售后', 'enqueue', [], [exit('timeout', 7)]), queue_id: id('que', 2) },
      { ...node('切换英文', 'set_language', [], [exit('next', 2)]), language: 'en' },
      node('下班提示', 'play', ['closed.hours'], [exit('next', 7)]),
      node('挂机', 'hang_up', [], []),
    ],
  },
  {
    id: id('flw', 2),
    name: '休息时间',
    version: 1,
    entry: 0,
    nodes: [node('下班提示', 'play', ['closed.hours'], [exit('next', 1)]), node('挂机', 'hang_up', [], [])],
  },
];

function node(
  label: string,
  kind: Flow['nodes'][number]['kind'],
  sounds: string[],
  exits: Flow['nodes'][number]['exits'],
) {
  return { label, kind, sounds, exits };
}

function exit(way: Flow['nodes'][number]['exits'][number]['exit'], to: number, key?: string, label?: string) {
  return { exit: way, node: to, ...(key === undefined ? {} : { key }), ...(label === undefined ? {} : { label }) };
}

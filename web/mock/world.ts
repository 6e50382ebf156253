import type {
  Brief,
  ConversationDetail,
  ConversationSummary,
  Handling,
  LiveEvent,
  Me,
  MeState,
  Offer,
  Task,
} from '@/api/types';
import { agents, id, queues } from './data';
import { customers } from './people';
import type { Scenario } from './scenarios';
import { whence } from './places';
import { playHandOver } from './scenes';
import { firstTasks } from './tasks';
import { answered, arrival, type Cast, hungUp, offered } from './story';

export const nowUs = (): number => Date.now() * 1000;
const SECOND = 1_000_000;

export interface World {
  readonly scenario: Scenario;
  me: Me | null;
  state: MeState;
  /** Events of the conversation in hand. */
  live: LiveEvent[];
  note: { text: string; updated_at_us: number } | null;
  readonly past: ConversationDetail[];
  readonly tasks: Task[];
  /** Whether the stop of calls out was released. */
  released?: boolean;
  /** Told after each change. */
  changed: () => void;
  /** What happens while somebody looks. */
  next?: () => void;
}

export const ME: Me = {
  user: {
    id: id('usr', 1),
    username: 'chen.jing',
    name: '陈静',
    role: 'administrator',
    extension: '8001',
    agent_id: id('agt', 1),
  },
  permissions: [
    'self.read',
    'desk.use',
    'floor.read',
    'conversations.read',
    'recordings.play',
    'recordings.download',
    'recordings.pause',
    'recordings.hold',
    'recordings.erase',
    'customers.read',
    'customers.write',
    'tasks.read',
    'tasks.write',
    'personal_data.read',
    'settings.read',
    'settings.write',
    'users.write',
    'audit.read',
    'metrics.read',
    'floor.supervise',
  ],
  tenant: { id: id('ten', 1), name: '蓝海净水客户服务中心', time_zone: 'Asia/Shanghai' },
  csrf_token: 'mock',
  server_at_us: nowUs(),
  demo: true,
};

export const CAST: Cast = {
  conversation: id('cnv', 1),
  startUs: nowUs() - 41 * SECOND,
  agent: id('agt', 1),
  agentName: '陈静',
  queue: id('que', 1),
  queueName: '售前咨询',
};

export function brief(known: boolean): Brief {
  return {
    id: CAST.conversation,
    direction: 'inbound',
    started_at_us: CAST.startUs,
    from: known ? '13800138000' : '13266668888',
    location: whence(known ? '13800138000' : '13266668888'),
    number: { id: id('num', 1), number: '4008001234', name: '全国服务热线' },
    customer: known ? { id: id('cus', 1), name: '张伟', level: 'vip' } : null,
    vip: false,
    unheard: false,
    language: 'zh',
    queued_at_us: CAST.startUs + 9 * SECOND,
    path: [{ label: '服务时间' }, { label: '欢迎语' }, { label: '主菜单', choice_label: '售前咨询' }],
    last_contact_at_us: known ? nowUs() - 3 * 86_400 * SECOND : null,
  };
}

/** Somebody the agent calls. */
const called = (): Brief => ({ ...brief(true), direction: 'outbound', path: [], queued_at_us: null });

const DESK_PHONE = {
  telephone: { id: id('dev', 1), kind: 'sip' as const, name: '12 号台话机', auto_answer: true },
  telephones: [{ id: id('dev', 1), kind: 'sip' as const, name: '12 号台话机', auto_answer: true }],
};

export function offerOf(known: boolean, more: Partial<Offer> = {}): Offer {
  return {
    id: id('off', 1),
    offered_at_us: nowUs() - 4 * SECOND,
    ring_until_us: nowUs() + 16 * SECOND,
    reason: 'longest_idle',
    eligible: 3,
    idle_ms: 312_000,
    queue: { id: CAST.queue, name: CAST.queueName },
    conversation: brief(known),
    ...more,
  };
}

export function handlingOf(state: Handling['state'], more: Partial<Handling> = {}): Handling {
  return {
    id: id('hdl', 1),
    state,
    muted: false,
    device_lost: false,
    started_at_us: nowUs() - 207 * SECOND,
    state_since_us: nowUs() - 25 * SECOND,
    queue: { id: CAST.queue, name: CAST.queueName },
    ...(state === 'wrap_up' ? {} : { recording: { id: id('rec', 1), state: 'on', may_start: false, may_stop: false } }),
    conversation: { ...brief(true), waited_ms: 32_000, queued_at_us: null },
    ...more,
  };
}

/** The agent's own state follows from offers and handlings, as on the server. */
export function settle(world: World): void {
  const { offers, handlings, agent } = world.state;
  const state = offers.length > 0 ? 'ringing' : (handlings[0]?.state ?? agent.presence);
  const since_at_us = state === agent.state ? agent.since_at_us : nowUs();
  world.state = { ...world.state, at_us: nowUs(), agent: { ...agent, state, since_at_us } };
  world.changed();
}

const onVipList: Brief = { ...brief(false), vip: true };

const SIGNED_OUT = { state: 'signed_out', presence: 'signed_out', phone: false } as const;

export function startWorld(scenario: Scenario): World {
  const world: World = {
    scenario,
    me: scenario === 'signed-out-of-product' ? null : ME,
    state: {
      at_us: nowUs(),
      draining: scenario === 'draining',
      settings_version: 1,
      agent: { ...SIGNED_OUT, since_at_us: nowUs() - 252 * SECOND, telephones: [] },
      offers: [],
      handlings: [],
      parked: [],
    },
    live: [],
    note: null,
    past: scenario === 'empty' ? [] : pastConversations(),
    tasks: scenario === 'empty' ? [] : firstTasks(),
    changed: () => undefined,
  };
  const presence =
    scenario === 'signed-out' || scenario === 'empty' || scenario === 'signed-out-of-product'
      ? 'signed_out'
      : scenario === 'not-ready'
        ? 'not_ready'
        : 'ready';
  world.state.agent = {
    ...world.state.agent,
    presence,
    state: presence,
    phone: scenario === 'elsewhere',
    reason_id: presence === 'not_ready' ? id('nrr', 1) : null,
  };
  const rung = [...arrival(CAST), offered(CAST, 37_000)];
  switch (scenario) {
    case 'ringing':
    case 'ringing-unknown':
      // A number nobody is on record with may be on the VIP list all the same.
      world.state.offers = [offerOf(scenario === 'ringing', scenario === 'ringing' ? {} : { conversation: onVipList })];
      world.live = rung;
      break;
    case 'talking':
      world.state.handlings = [handlingOf('talking')];
      world.live = [...rung, ...answered(CAST, 40_500)];
      break;
    case 'held':
      world.state.handlings = [handlingOf('held')];
      world.live = [...rung, ...answered(CAST, 40_500)];
      break;
    case 'device-lost':
      world.state.handlings = [handlingOf('held', { device_lost: true })];
      world.live = [...rung, ...answered(CAST, 40_500)];
      break;
    case 'sip-ringing':
      world.state.agent = { ...world.state.agent, phone: true, ...DESK_PHONE };
      world.state.offers = [offerOf(true)];
      world.live = rung;
      break;
    case 'dialling': {
      const conversation: Brief = { ...called(), outbound: { ringing: true } };
      world.state.handlings = [handlingOf('talking', { conversation, started_at_us: nowUs() - 6 * SECOND })];
      break;
    }
    case 'dial-busy': {
      const conversation: Brief = { ...called(), outbound: { ringing: false, result: 'busy', by: 'cause' } };
      const wrap_up_until_us = nowUs() + 52 * SECOND;
      world.state.handlings = [handlingOf('wrap_up', { conversation, wrap_up_until_us })];
      break;
    }
    case 'sip-phone':
      Object.assign(world.state.agent, DESK_PHONE, { state: 'not_ready', presence: 'not_ready', cause: 'device_lost' });
      break;
    case 'wrap-up':
      world.state.handlings = [handlingOf('wrap_up', { wrap_up_until_us: nowUs() + 47 * SECOND })];
      world.live = [...rung, ...answered(CAST, 40_500), ...hungUp(CAST, 40_900, 'customer')];
      break;
    default:
      playHandOver(world, rung);
  }
  if (world.state.agent.presence !== 'signed_out' && world.state.offers.length + world.state.handlings.length > 0) {
    const first = world.state.handlings[0];
    world.state.agent = {
      ...world.state.agent,
      state: first?.state ?? 'ringing',
      since_at_us: first?.state_since_us ?? nowUs() - 4 * SECOND,
    };
  }
  return world;
}

export function liveDetail(world: World): ConversationDetail {
  const work = world.state.handlings[0]?.conversation ?? world.state.offers[0]?.conversation ?? brief(true);
  return {
    id: work.id,
    channel: 'voice',
    direction: 'inbound',
    state: 'live',
    started_at_us: work.started_at_us,
    from: work.from,
    location: work.location,
    number: work.number ?? null,
    customer: work.customer ?? null,
    vip: work.customer?.level === 'vip',
    queue: { id: CAST.queue, name: CAST.queueName },
    wait_ms: 31_000,
    note: world.note,
    legs: [],
    timeline: world.live,
  };
}

function pastConversations(): ConversationDetail[] {
  return Array.from({ length: 34 }, (_, n): ConversationDetail => {
    const who = customers[n % customers.length] ?? null;
    const startUs = nowUs() - (n + 1) * 47 * 60 * SECOND;
    const agent = agents[n % 3];
    const queue = queues[n % queues.length];
    const lost = n % 9 === 4;
    const summary: ConversationSummary = {
      id: id('cnv', 100 + n),
      channel: 'voice',
      direction: 'inbound',
      state: 'ended',
      started_at_us: startUs,
      ended_at_us: startUs + 260 * SECOND,
      number: { id: id('num', 1), number: '4008001234', name: '全国服务热线' },
      from: n % 11 === 6 ? null : (who?.numbers[0]?.number ?? null),
      location: n % 11 === 6 ? undefined : who?.numbers[0]?.location,
      customer: who === null || n % 5 === 3 ? null : { id: who.id, name: who.name, level: who.level },
      vip: n % 13 === 7,
      queue: queue === undefined ? null : { id: queue.id, name: queue.name },
      agent: lost || agent === undefined ? null : { id: agent.id, name: agent.name },
      wait_ms: 4_000 + n * 1_700,
      talk_ms: lost ? null : 95_000 + n * 7_300,
      hold_ms: n % 4 === 0 ? 21_000 : 0,
      wrap_up_ms: lost ? null : 24_000,
      end: {
        by: n === 1 ? 'outside' : lost || n % 2 === 0 ? 'customer' : 'agent',
        reason: lost ? 'cancelled' : 'hung_up',
      },
      disposition_id: lost ? null : id('dsp', 1 + (n % 6)),
    };
    return { ...summary, note: null, legs: [], timeline: [] };
  });
}

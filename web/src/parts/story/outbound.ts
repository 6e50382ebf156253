import type { EventKind } from '@/api/types';
import { agentOf, type Known, number, pick, type Route, say, type Teller, text } from './telling';

type OutboundKind = Extract<
  EventKind,
  `outbound_${string}` | `mobile_${string}` | 'agent_telephone_changed' | 'trunk_full'
>;

const RESULTS = [
  'answered',
  'busy',
  'no_answer',
  'declined',
  'unreachable',
  'cancelled',
  'agent_unavailable',
  'node_restarted',
  'internal_fault',
  'invalid_number',
  'congestion',
  'failed',
] as const;

/** What an answered call may turn out to be. */
const RECOGNISED = ['busy', 'congestion', 'invalid_number', 'unreachable'] as const;

/** Why a trunk could not be taken. */
export const BLOCKS = [
  'unknown',
  'unreachable',
  'full',
  'outbound_full',
  'inbound_full',
  'per_minute',
  'per_day',
] as const;

/** What may become of a call to an agent's number outside. */
export const MOBILE_ENDS = [
  'over',
  'withdrawn',
  'declined',
  'busy',
  'unanswered',
  'no_key',
  'invalid_number',
  'unreachable',
  'not_allowed',
  'limit_reached',
  'calls_stopped',
  'lines_busy',
] as const;

type Data = Record<string, unknown>;

/** How a call goes outside; nothing of a call to a phone of ours. */
export function routeOf(data: Data): { readonly route?: Route } {
  if (text(data, 'trunk_id') === undefined) return {};
  const passed = Array.isArray(data.passed) ? (data.passed as Data[]) : [];
  const route: Route = {
    trunk: text(data, 'trunk_name') ?? '',
    ...(text(data, 'rule_id') === undefined ? {} : { rule: text(data, 'rule_name') ?? '' }),
    passed: passed.map((one) => ({
      trunk: text(one, 'trunk_name') ?? '',
      block: pick(one.why, BLOCKS, 'unknown'),
    })),
  };
  // What an older server wrote knows no names.
  return route.trunk === '' && route.rule === undefined && passed.length === 0 ? {} : { route };
}

/** By what the result of a call is known; nothing when it is our own doing. */
function knownOf(data: Data): { readonly known?: Known } {
  switch (data.by) {
    case 'cause': {
      const q850 = number(data, 'q850');
      const code = [String(number(data, 'status') ?? ''), ...(q850 === undefined ? [] : [`Q.850 ${q850}`])].join(', ');
      return { known: { kind: 'cause', code } };
    }
    case 'tone':
      return { known: { kind: 'tone', code: text(data, 'tone') ?? '' } };
    case 'silence':
      return { known: { kind: 'silence', code: '' } };
    default:
      return {};
  }
}

const isOfAgent = (data: Data): boolean => text(data, 'agent_id') !== undefined;

/** What is said of calls agents make, and of the phone they work with. */
export const OUTBOUND: Record<OutboundKind, Teller> = {
  outbound_started: (event, memory) => {
    memory.mark('outbound', event.at_us);
    const agent = agentOf(event, memory);
    const device = text(event.data, 'device_name');
    if (device !== undefined) return say('outbound_started.device', { agent, device });
    return { ...say('outbound_started.trunk', { agent }), ...routeOf(event.data) };
  },
  outbound_stopped: (event, memory) => {
    const { data } = event;
    const within = { within: number(data, 'within_ms') ?? 0 };
    const distinct = String(number(data, 'distinct') ?? '');
    if (isOfAgent(data)) return say('outbound_stopped.agent', { agent: agentOf(event, memory), distinct }, within);
    const names = { rule: text(data, 'rule_name') ?? '', person: text(data, 'by_name') ?? '', distinct };
    return say('outbound_stopped.rule', names, within);
  },
  outbound_released: (event, memory) => {
    const person = text(event.data, 'by_name') ?? '';
    if (isOfAgent(event.data)) return say('outbound_released.agent', { agent: agentOf(event, memory), person });
    return say('outbound_released.rule', { rule: text(event.data, 'rule_name') ?? '', person });
  },
  trunk_full: ({ data }) =>
    say('trunk_full.plain', { trunk: text(data, 'trunk_name') ?? '' }, {}, { block: pick(data.why, BLOCKS, 'full') }),
  outbound_rerouted: ({ data }) => {
    const trunk = text(data, 'failed_trunk_name') ?? '';
    const { known } = knownOf(data);
    const told =
      known === undefined
        ? say('outbound_rerouted.silent', { trunk })
        : say('outbound_rerouted.said', { trunk, code: known.code });
    return { ...told, ...routeOf(data) };
  },
  outbound_ringing: ({ data, at_us }, memory) =>
    say(
      data.early_media === true ? 'outbound_ringing.early' : 'outbound_ringing.plain',
      {},
      { after: memory.passedMs('outbound', at_us) },
    ),
  outbound_ended: (event, memory) => {
    const result = pick(event.data.result, RESULTS, 'unreachable');
    const sentence = say(
      `outbound_ended.${result}`,
      { agent: agentOf(event, memory) },
      { after: memory.passedMs('outbound', event.at_us) },
    );
    return { ...sentence, ...knownOf(event.data) };
  },
  outbound_recognised: ({ data }) => ({
    ...say(`outbound_recognised.${pick(data.result, RECOGNISED, 'unreachable')}`),
    ...knownOf(data),
  }),
  mobile_called: (event, memory) => ({
    ...say('mobile_called.plain', { agent: agentOf(event, memory) }),
    ...routeOf(event.data),
  }),
  mobile_ended: (event, memory) =>
    say(`mobile_ended.${pick(event.data.end, MOBILE_ENDS, 'unreachable')}`, { agent: agentOf(event, memory) }),
  agent_telephone_changed: (event, memory) => {
    const device = text(event.data, 'device_name');
    const agent = agentOf(event, memory);
    if (text(event.data, 'device_id') === undefined) return say('agent_telephone_changed.browser', { agent });
    if (text(event.data, 'device_kind') === 'mobile') return say('agent_telephone_changed.mobile', { agent });
    return say('agent_telephone_changed.device', { agent, device: device ?? '' });
  },
};

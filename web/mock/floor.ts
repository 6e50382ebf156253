import type { FloorState, TrunkRow } from '@/api/types';
import { agents, id, queues } from './data';
import { siteRows } from './sites';
import { nowUs, type World } from './world';

const SECOND = 1_000_000;
const STATES = [
  'talking',
  'wrap_up',
  'held',
  'ready',
  'not_ready',
  'ringing',
  'talking',
  'ready',
  'signed_out',
] as const;
const startedUs = nowUs();

const trunk = (
  n: number,
  name: string,
  working: boolean | null,
  [channels_in, channels_out]: [number, number],
  cap: TrunkRow['cap'],
): TrunkRow => ({
  id: id('trk', n),
  name,
  working,
  since: working === null ? null : startedUs - 751 * SECOND,
  registration: null,
  registration_since: null,
  channels_in,
  channels_out,
  cap,
});

const stopped = {
  agent: { id: id('agt', 3), name: '王芳' },
  rule: null,
  since: startedUs - 320 * SECOND,
  distinct: 20,
  within_s: 300,
};

/** The floor as a supervisor sees it; the signed-in agent's tile follows the desk. */
export function floorOf(world: World): FloorState {
  const empty = world.scenario === 'empty';
  const waiting = empty
    ? []
    : [38, 95, 12, 61].map((seconds, n) => ({
        conversation_id: `cnv_00CW00000020${n}`,
        queue_id: queues[n % 2]?.id ?? '',
        since_at_us: startedUs - seconds * SECOND,
        customer_label: ['138****8000', '王秀英', '139****5678', '陈晓明'][n] ?? '',
      }));
  return {
    at_us: nowUs(),
    ledger_ok: world.scenario !== 'ledger-failed',
    draining: world.scenario === 'draining',
    recordings_ok: true,
    queues: queues.map((queue, n) => {
      const here = waiting.filter((one) => one.queue_id === queue.id);
      const quiet = empty || n === 2;
      return {
        id: queue.id,
        name: queue.name,
        waiting: here.length,
        longest_wait_since_us: here.length === 0 ? null : Math.min(...here.map((one) => one.since_at_us)),
        offered: quiet ? 0 : 128 - n * 40,
        answered: quiet ? 0 : 113 - n * 40,
        abandoned: quiet ? 0 : 9 + n,
        service_level: quiet ? null : 0.862 - n * 0.21,
        service_level_target_ms: queue.service_level_target_ms,
        agents_signed_in: quiet ? 0 : 6 - n,
        agents_ready: quiet ? 0 : 2 - n,
        agents_busy: quiet ? 0 : 4,
      };
    }),
    agents: agents
      .filter((one) => one.enabled)
      .map((agent, n) => {
        const state = n === 0 ? world.state.agent.state : empty ? 'signed_out' : (STATES[n] ?? 'ready');
        const busy = state === 'talking' || state === 'held' || state === 'wrap_up' || state === 'ringing';
        return {
          id: agent.id,
          name: agent.name,
          extension: agent.extension,
          state,
          since_at_us: n === 0 ? world.state.agent.since_at_us : startedUs - (n * 97 + 20) * SECOND,
          reason_id: state === 'not_ready' ? 'nrr_00CW000000002' : null,
          phone: state !== 'signed_out' && n !== 3,
          phone_kind: 'browser' as const,
          conversation_id: busy ? 'cnv_00CW000000101' : null,
          queue_id: busy ? (queues[n % 2]?.id ?? null) : null,
          bad_sound: n === 6 && state === 'talking' ? 2.87 : null,
          customer_label: busy ? (n % 2 === 0 ? '深圳市前海蓝色海岸国际供应链管理有限公司' : '138****8000') : null,
        };
      }),
    trunks: empty
      ? []
      : [
          trunk(1, '电信 SIP 中继（深圳）', true, [17, 13], { total: 60, outbound: 30, inbound: null }),
          trunk(2, '联通备用', false, [0, 0], { total: 30, outbound: null, inbound: null }),
          trunk(3, '移动 IMS', null, [4, 8], { total: null, outbound: 8, inbound: 10 }),
        ],
    sites: empty ? [] : siteRows(),
    outbound_stops: empty || world.released ? [] : [stopped],
    flow: empty ? 0 : 2,
    forwarded: empty ? 0 : 1,
    forwarded_list: empty
      ? []
      : [
          {
            conversation_id: 'cnv_00CW000000301',
            customer_label: '136****2468',
            to_label: '0755-****5678',
            by: { id: id('agt', 3), name: '王芳' },
            since_at_us: startedUs - 1_260 * SECOND,
          },
        ],
    parked: world.state.parked,
    waiting,
  };
}

import type { ConversationDetail, ConversationQuality, FloorQuality, LegQuality } from '@/api/types';
import { agents, id } from './data';

const INTERVAL_S = 10;

/** A call that was good, bad for a while in the middle, and good again; the agent's own line was well throughout. */
export function qualityOf(detail: ConversationDetail): ConversationQuality {
  const { started_at_us: startUs } = detail;
  const endUs = detail.ended_at_us ?? startUs + 60_000_000;
  const live = detail.state === 'live';
  const legs: LegQuality[] = [leg(id('leg', 1), 'customer', startUs, endUs, live)];
  const joined = detail.timeline.find((event) => event.kind === 'handling_started');
  if (detail.agent != null && joined !== undefined) {
    legs.push({ ...leg(id('leg', 2), 'agent', joined.at_us, endUs, live), agent: detail.agent });
  }
  return { legs };
}

function leg(legId: string, role: LegQuality['role'], fromUs: number, toUs: number, live: boolean): LegQuality {
  const count = Math.max(1, Math.min(360, Math.ceil((toUs - fromUs) / 1_000_000 / INTERVAL_S)));
  const samples = Array.from({ length: count }, (_, n) => {
    const part = n / count;
    const bad = role === 'customer' && part > 0.45 && part < 0.65;
    const at_us = fromUs + n * INTERVAL_S * 1_000_000;
    return bad
      ? { at_us, mos: 2.7 + (n % 3) * 0.5, loss_in: 0.094, loss_out: 0.012, jitter_ms: 38.2, round_trip_ms: 212 }
      : { at_us, mos: 4.37 - (n % 4) * 0.02, loss_in: 0, loss_out: 0, jitter_ms: 2.1, jitter_out_ms: 1.4 };
  });
  const scores = samples.map((sample) => sample.mos);
  return {
    leg_id: legId,
    role,
    from_us: fromUs,
    interval_s: INTERVAL_S,
    samples,
    mean: scores.reduce((sum, mos) => sum + mos, 0) / scores.length,
    worst: Math.min(...scores),
    live,
  };
}

/** The second tile that talks sounds bad. */
export function floorQuality(): FloorQuality {
  const rated = [
    [0, 4.36, 4.29],
    [2, 4.35, 3.91],
    [6, 4.31, 2.87],
  ] as const;
  return {
    agents: rated.map(([n, agent_mos, customer_mos]) => ({
      agent_id: agents.filter((one) => one.enabled)[n]?.id ?? '',
      conversation_id: 'cnv_00CW000000101',
      agent_mos,
      customer_mos,
    })),
  };
}

import type { ConversationDetail, LegQuality, QualitySample } from '@/api/types';
import type { Lane } from './lanes';

export type Grade = 'good' | 'fair' | 'bad';

/** G.107 Annex B: above 4.03 people are satisfied, below 3.6 many are not. The server calls a leg bad below the same 3.6. */
const GOOD = 4.03;
const BAD = 3.6;
const MOS_MIN = 1;
const MOS_MAX = 4.5;

export function gradeOf(mos: number): Grade {
  if (mos < BAD) return 'bad';
  return mos < GOOD ? 'fair' : 'good';
}

/** How a leg sounded, and when it left. */
export interface LegSound extends LegQuality {
  readonly endUs: number;
}

/** Adds when each leg left; a leg may have come and gone several times. */
export function withEnds(legs: readonly LegQuality[], known: ConversationDetail['legs']): readonly LegSound[] {
  return legs.map((leg) => {
    const stay = known.find((one) => one.id === leg.leg_id && (one.left_at_us ?? Infinity) > leg.from_us);
    return { ...leg, endUs: stay?.left_at_us ?? Infinity };
  });
}

/** One bar: a sample on the axis. */
export interface Bar {
  readonly sample: QualitySample;
  readonly fromUs: number;
  readonly toUs: number;
  readonly grade: Grade | null;
  /** 0–1, never so small that it cannot be seen. */
  readonly height: number;
}

/** The bars of a leg. The last ends with the leg, the others when the next begins; what lies beyond the axis is left out. */
export function barsOf(leg: LegSound, axis: { startUs: number; endUs: number }): readonly Bar[] {
  const length = leg.interval_s * 1_000_000;
  return leg.samples.flatMap((sample, n): Bar[] => {
    const next = leg.samples[n + 1]?.at_us ?? Math.min(sample.at_us + length, Math.max(leg.endUs, sample.at_us));
    const [fromUs, toUs] = [Math.max(sample.at_us, axis.startUs), Math.min(next, axis.endUs)];
    if (toUs <= fromUs) return [];
    const { mos } = sample;
    const height = mos == null ? 0.15 : Math.min(1, Math.max(0.15, (mos - MOS_MIN) / (MOS_MAX - MOS_MIN)));
    return [{ sample, fromUs, toUs, grade: mos == null ? null : gradeOf(mos), height }];
  });
}

/** The legs that belong to a lane: the customer's, an agent's own, or whoever was called outside. */
export function legsOf<L extends LegQuality>(lane: Lane, legs: readonly L[], isLastOutside: boolean): readonly L[] {
  switch (lane.kind) {
    case 'caller':
      return legs.filter((leg) => leg.role === 'customer');
    case 'agent':
      return legs.filter((leg) => leg.agent?.id === lane.id);
    case 'outside':
      // A leg is told without its number: of several lanes the last was reached.
      return isLastOutside ? legs.filter((leg) => leg.role === 'outside') : [];
    case 'flow':
    case 'queue':
      return [];
  }
}

import type { Waveform } from '@/api/types';

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Peaks at or below this (of 255) count as silence: line noise after compression stays under it. */
const QUIET = 3;
/** A shorter silence is a breath, and skipping it would make talk sound chopped. */
const SHORTEST_MS = 1_500;
/** What is left of a silence before and after it, so that nobody's first sound is cut. */
const MARGIN_MS = 250;

/** The stretches in which neither side says anything, long enough to be skipped. */
export function silences({ left, right, duration_ms: duration }: Waveform): Stretch[] {
  const points = Math.max(left.length, right.length);
  const pointMs = points === 0 ? 0 : duration / points;
  const found: Stretch[] = [];
  let from: number | null = null;
  for (let n = 0; n <= points; n += 1) {
    const quiet = n < points && (left[n] ?? 0) <= QUIET && (right[n] ?? 0) <= QUIET;
    if (quiet) from ??= n;
    else if (from !== null) {
      const stretch = { fromMs: from * pointMs + MARGIN_MS, toMs: n * pointMs - MARGIN_MS };
      if ((n - from) * pointMs >= SHORTEST_MS) found.push(stretch);
      from = null;
    }
  }
  return found;
}

/** Where to go on when playing has come to `ms`: the end of the silence around it, or nowhere. */
export function skipFrom(stretches: readonly Stretch[], ms: number): number | null {
  return stretches.find(({ fromMs, toMs }) => ms >= fromMs && ms < toMs)?.toMs ?? null;
}

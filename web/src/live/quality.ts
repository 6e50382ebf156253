import type { PeerCounters } from './peer';

export interface VoiceQuality {
  /** Estimated mean opinion score, 1–4.5. */
  readonly mos: number;
  /** Share of packets lost in the last interval, 0–1. */
  readonly loss: number;
  readonly jitterMs: number;
  readonly roundTripMs: number;
}

/** E-model (ITU-T G.107) for G.711 with packet loss concealment (Bpl 25.1, Ie 0), of what came between two readings. */
export function voiceQuality(before: PeerCounters, after: PeerCounters): VoiceQuality | null {
  const received = after.received - before.received;
  const lost = Math.max(0, after.lost - before.lost);
  if (received <= 0) return null;
  const loss = lost / (received + lost);
  // One way: half the round trip, the jitter buffer (about twice the jitter, at least 40 ms) and one packet.
  const delay = after.roundTripMs / 2 + Math.max(40, 2 * after.jitterMs) + 20;
  const delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const lossImpairment = (95 * loss * 100) / (loss * 100 + 25.1);
  const r = Math.min(100, Math.max(0, 93.2 - delayImpairment - lossImpairment));
  const mos = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
  return { mos: Math.max(1, mos), loss, jitterMs: after.jitterMs, roundTripMs: after.roundTripMs };
}

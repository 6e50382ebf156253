/** Tones of networks, in A-law. */

const RATE_HZ = 8_000;

/** One part of a tone: its frequency, 0 for a pause, how long it lasts, and a second frequency. */
export interface Part {
  hz: number;
  ms: number;
  with_hz?: number;
}

const burst = (ms: number): Part[] => [
  { hz: 450, ms },
  { hz: 0, ms },
];

/** As networks in China play them. */
export const BUSY = burst(350);
export const UNOBTAINABLE = [...burst(100), ...burst(100), ...burst(100), ...burst(400)];

/** Four seconds of nothing. */
export const SILENCE: readonly Part[] = [{ hz: 0, ms: 4_000 }];
/** The key 1 (ITU-T Q.23) after three seconds, and a long pause. */
export const KEY_1: readonly Part[] = [
  { hz: 0, ms: 3_000 },
  { hz: 697, ms: 100, with_hz: 1_209 },
  { hz: 0, ms: 60_000 },
];

/** G.711 §3, by search: a story has time. */
function alaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const level = Math.min(4_095, Math.abs(sample) >> 3);
  let exponent = 7;
  while (exponent > 0 && level < 1 << (exponent + 4)) exponent -= 1;
  const mantissa = exponent === 0 ? level >> 1 : (level >> exponent) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

/** The parts one after the other, about 20 dB below the loudest there is. */
export function callTone(parts: readonly Part[]): Buffer {
  const samples = parts.flatMap(({ hz, ms, with_hz = 0 }) =>
    Array.from({ length: (ms * RATE_HZ) / 1_000 }, (_, n) => {
      const turn = (2 * Math.PI * n) / RATE_HZ;
      return alaw(Math.round(3_200 * (Math.sin(turn * hz) + Math.sin(turn * with_hz))));
    }),
  );
  return Buffer.from(samples);
}

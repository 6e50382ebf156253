/** Tones of networks, in A-law. */

const RATE_HZ = 8_000;

/** One part of a tone: its frequency, 0 for a pause, and how long it lasts. */
export interface Part {
  hz: number;
  ms: number;
}

const burst = (ms: number): Part[] => [
  { hz: 450, ms },
  { hz: 0, ms },
];

/** As networks in China play them. */
export const BUSY = burst(350);
export const UNOBTAINABLE = [...burst(100), ...burst(100), ...burst(100), ...burst(400)];

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
  const samples = parts.flatMap(({ hz, ms }) =>
    Array.from({ length: (ms * RATE_HZ) / 1_000 }, (_, n) =>
      alaw(Math.round(3_200 * Math.sin((2 * Math.PI * hz * n) / RATE_HZ))),
    ),
  );
  return Buffer.from(samples);
}

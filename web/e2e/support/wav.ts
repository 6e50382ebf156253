import { expect } from 'vitest';

const HEADER_BYTES = 44;

/** Both sides of a recording, samples between −1 and 1. */
export interface Stereo {
  readonly rate: number;
  readonly seconds: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** Reads a stereo WAV of 16 bits. */
export function readWav(bytes: Uint8Array): Stereo {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(Buffer.from(bytes.slice(0, 4)).toString()).toBe('RIFF');
  expect([view.getUint16(20, true), view.getUint16(22, true), view.getUint16(34, true)]).toEqual([1, 2, 16]);
  const rate = view.getUint32(24, true);
  const frames = Math.floor((bytes.byteLength - HEADER_BYTES) / 4);
  const side = (offset: number) =>
    Float64Array.from({ length: frames }, (_, n) => view.getInt16(HEADER_BYTES + n * 4 + offset, true) / 32_768);
  return { rate, seconds: frames / rate, left: side(0), right: side(2) };
}

/** Power of one tone in a stretch of a side, in dB against full scale. */
export function toneDb(wav: Stereo, side: 'left' | 'right', hz: number, fromS: number, toS: number): number {
  const samples = wav[side].subarray(Math.round(fromS * wav.rate), Math.round(toS * wav.rate));
  let sin = 0;
  let cos = 0;
  samples.forEach((sample, n) => {
    // A window, so that a loud tone does not leak into the band of a silent one.
    const weighed = sample * (1 - Math.cos((2 * Math.PI * n) / samples.length));
    sin += weighed * Math.sin((2 * Math.PI * hz * n) / wav.rate);
    cos += weighed * Math.cos((2 * Math.PI * hz * n) / wav.rate);
  });
  return 10 * Math.log10((4 * (sin * sin + cos * cos)) / samples.length ** 2 + 1e-15);
}

/** Loudness of a stretch of a side, in dB against full scale. */
export function levelDb(wav: Stereo, side: 'left' | 'right', fromS: number, toS: number): number {
  const samples = wav[side].subarray(Math.round(fromS * wav.rate), Math.round(toS * wav.rate));
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  return 10 * Math.log10(power + 1e-15);
}

import { describe, expect, it } from 'vitest';
import { levelAt, toneClip, wavOf } from './clip';
import { loudness } from './level';

const tone = (amplitude: number): Float32Array =>
  Float32Array.from({ length: 1_600 }, (_, n) => amplitude * Math.sin((2 * Math.PI * 440 * n) / 16_000));

describe('the meter', () => {
  it.each([
    ['nothing', new Float32Array(0), 0],
    ['silence', tone(0), 0],
    ['a whisper below −60 dB', tone(0.001), 0],
    ['−33 dB', tone(0.0316), 0.45],
    ['−3 dB', tone(1), 0.95],
  ])('shows %s', (_, samples, level) => {
    expect(loudness(samples)).toBeCloseTo(level, 2);
  });

  it('never leaves its scale', () => {
    expect(loudness(new Float32Array(100).fill(4))).toBe(1);
  });
});

describe('a clip', () => {
  it('is as loud as it is where it is', () => {
    const samples = new Float32Array(16_000);
    samples.set(tone(0.5), 8_000);
    const clip = { samples, rateHz: 16_000 };
    expect(levelAt(clip, 0.2)).toBe(0);
    expect(levelAt(clip, 0.58)).toBeGreaterThan(0.8);
    expect(levelAt(clip, 5)).toBe(0);
  });

  it('of the tone begins and ends without a click', () => {
    const { samples, rateHz } = toneClip();
    expect(samples.length / rateHz).toBeCloseTo(0.9, 2);
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.01);
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.02);
    expect(Math.max(...samples)).toBeGreaterThan(0.25);
  });

  it('is a WAV file of one channel that keeps within its range', () => {
    const bytes = wavOf({ samples: Float32Array.of(0, 0.5, 2, -2), rateHz: 48_000 });
    const view = new DataView(bytes);
    expect(new TextDecoder().decode(bytes.slice(0, 16))).toMatch(/^RIFF....WAVEfmt $/s);
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint32(40, true)]).toEqual([1, 48_000, 8]);
    expect([0, 1, 2, 3].map((n) => view.getInt16(44 + 2 * n, true))).toEqual([0, 16_384, 32_767, -32_767]);
  });
});

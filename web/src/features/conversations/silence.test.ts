import { describe, expect, it } from 'vitest';
import type { Waveform } from '@/api/types';
import { silences, skipFrom } from './silence';

const wave = (left: number[], right: number[] = left.map(() => 0)): Waveform => ({
  live: false,
  duration_ms: left.length * 500,
  left,
  right,
  gaps: [],
});

describe('silences', () => {
  it('are where neither side speaks for a while', () => {
    expect(silences(wave([90, 0, 0, 2, 3, 90]))).toEqual([{ fromMs: 750, toMs: 2_250 }]);
    expect(silences(wave([0, 0, 0, 0], [0, 9, 0, 0]))).toEqual([]);
  });
  it('leave breaths alone', () => {
    expect(silences(wave([90, 0, 0, 90]))).toEqual([]);
  });
  it('reach to the end', () => {
    expect(silences(wave([90, 0, 0, 0, 0]))).toEqual([{ fromMs: 750, toMs: 2_250 }]);
    expect(silences(wave([]))).toEqual([]);
  });
  it('are left at their end', () => {
    const found = silences(wave([90, 0, 0, 0, 0, 90]));
    expect(skipFrom(found, 800)).toBe(2_250);
    expect(skipFrom(found, 2_250)).toBeNull();
    expect(skipFrom(found, 100)).toBeNull();
  });
});

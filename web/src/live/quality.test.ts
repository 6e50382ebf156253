import { describe, expect, it } from 'vitest';
import { voiceQuality } from './quality';

const start = { received: 0, lost: 0, jitterMs: 0, roundTripMs: 0 };

describe('voiceQuality', () => {
  it.each([
    ['a clean line', { received: 100, lost: 0, jitterMs: 2, roundTripMs: 20 }, 4.38, 0],
    ['five per cent lost', { received: 95, lost: 5, jitterMs: 5, roundTripMs: 40 }, 3.9, 0.05],
    ['a satellite', { received: 100, lost: 0, jitterMs: 5, roundTripMs: 600 }, 3.5, 0],
  ])('%s', (_, after, mos, loss) => {
    const quality = voiceQuality(start, after);
    expect(quality?.mos).toBeCloseTo(mos, 0);
    expect(quality?.loss).toBeCloseTo(loss, 3);
  });

  it('says nothing when nothing came', () => {
    expect(voiceQuality(start, start)).toBeNull();
  });
});

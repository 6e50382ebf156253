import { describe, expect, it } from 'vitest';
import { codecName, raised, withUnused } from './codecs';

describe('the codecs of a site', () => {
  it('are listed with those that are not used behind them', () => {
    expect(withUnused(['pcmu'])).toEqual(['pcmu', 'pcma', 'g722', 'opus']);
    expect(withUnused([])).toEqual(['pcma', 'pcmu', 'g722', 'opus']);
    expect(withUnused(['g722', 'pcma'])).toEqual(['g722', 'pcma', 'pcmu', 'opus']);
  });

  it.each([
    ['pcmu', ['pcmu', 'pcma', 'opus']],
    ['opus', ['pcma', 'opus', 'pcmu']],
    ['pcma', ['pcma', 'pcmu', 'opus']],
    ['g722', ['pcma', 'pcmu', 'opus']],
  ])('%s goes up to %o', (codec, order) => {
    expect(raised(['pcma', 'pcmu', 'opus'], codec)).toEqual(order);
  });

  it('are called what engineers call them', () => {
    expect(codecName('pcma')).toBe('G.711 A-law');
    expect(codecName('pcmu')).toBe('G.711 µ-law');
    expect(codecName('g722')).toBe('G.722');
    expect(codecName('opus')).toBe('Opus');
  });
});

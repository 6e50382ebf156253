import { describe, expect, it } from 'vitest';
import { codecName, raised, withUnused } from './codecs';

describe('the codecs of a site', () => {
  it('are listed with those that are not used behind them', () => {
    expect(withUnused(['pcmu'])).toEqual(['pcmu', 'pcma']);
    expect(withUnused([])).toEqual(['pcma', 'pcmu']);
    expect(withUnused(['opus', 'pcma'])).toEqual(['opus', 'pcma', 'pcmu']);
  });

  it.each([
    ['pcmu', ['pcmu', 'pcma', 'opus']],
    ['opus', ['pcma', 'opus', 'pcmu']],
    ['pcma', ['pcma', 'pcmu', 'opus']],
    ['g722', ['pcma', 'pcmu', 'opus']],
  ])('%s goes up to %o', (codec, order) => {
    expect(raised(['pcma', 'pcmu', 'opus'], codec)).toEqual(order);
  });

  it('keep a name this client does not know', () => {
    expect(codecName('pcma')).toBe('G.711 A-law');
    expect(codecName('lpc10')).toBe('lpc10');
  });
});

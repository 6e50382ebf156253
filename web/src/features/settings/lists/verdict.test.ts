import { describe, expect, it } from 'vitest';
import type { NumberCheck, NumberListEntry } from '@/api/lists';
import { lists as en } from '@/i18n/en/lists';
import { lists as zh } from '@/i18n/zh/lists';
import { verdictOf } from './verdict';

const check: NumberCheck = { normalised: '+8613800138000', entry: null, outcome: 'accepted', reason: null, vip: false };
const entry = (list: NumberListEntry['list']): NumberListEntry => ({
  id: 'lse_1',
  list,
  kind: 'number',
  value: '13800138000',
  area: null,
  note: null,
  expires_at_us: null,
  created_at_us: Date.parse('2026-03-01T08:00:00Z') * 1_000,
  created_by: null,
});

describe('what becomes of a call', () => {
  it.each<[Partial<NumberCheck>, string, string]>([
    [{}, 'in', 'nothing'],
    [{ normalised: '' }, 'in', 'withheld_nothing'],
    [{ entry: entry('allow') }, 'in', 'allow_list'],
    [{ entry: entry('vip'), vip: true }, 'in', 'nothing'],
    [{ entry: entry('block'), outcome: 'refused', reason: 'block_list' }, 'out', 'block_list'],
    [{ normalised: '', outcome: 'diverted', reason: 'anonymous' }, 'out', 'anonymous'],
    [{ outcome: 'refused', reason: 'nuisance', vip: true, entry: entry('vip') }, 'out', 'nuisance'],
  ])('%o is %s because of %s', (more, tone, because) => {
    expect(verdictOf({ ...check, ...more })).toMatchObject({ tone, because });
  });

  it('has words for everything', () => {
    for (const { check: words } of [zh, en]) {
      for (const because of [
        'block_list',
        'anonymous',
        'nuisance',
        'allow_list',
        'nothing',
        'withheld_nothing',
      ] as const)
        expect(words.because[because]).toBeTypeOf('string');
      for (const outcome of ['accepted', 'refused', 'diverted'] as const)
        expect(words.outcome[outcome]).toBeTypeOf('string');
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { PlanTrial } from '@/api/outbound';
import { plan as en } from '@/i18n/en/plan';
import { plan as zh } from '@/i18n/zh/plan';
import { REASONS, told } from './answer';

const trial: PlanTrial = {
  allowed: true,
  reason: null,
  rule: { id: 'drl_1', name: 'Long distance' },
  trunk: { id: 'trk_1', name: 'Carrier' },
  sent: '02168880000',
  shown: '4008001234',
  emergency: false,
  passed: [],
};
const tell = (more: Partial<PlanTrial>) => told({ ...trial, ...more }, 'unnamed', (number) => `<${number}>`);

describe('what is told of a number that may be called', () => {
  it('is by which rule, through which trunk, as what, and what the far side sees', () => {
    expect(tell({})).toEqual([
      { key: 'by_rule', names: { rule: 'Long distance' } },
      { key: 'through', names: { trunk: 'Carrier', sent: '02168880000' } },
      { key: 'shown', names: { number: '<4008001234>' } },
    ]);
  });

  it('is that help may always be called', () => {
    expect(tell({ emergency: true, rule: null }).map(({ key }) => key)).toEqual(['emergency', 'through', 'shown']);
  });

  it('is that no number is shown', () => {
    expect(tell({ shown: null }).at(-1)?.key).toBe('shown_none');
  });

  it('names better trunks and why they could not be taken', () => {
    const passed = [{ trunk: { id: 'trk_2', name: 'Best' }, why: 'outbound_full' as const }];
    expect(tell({ passed }).at(-1)).toEqual({ key: 'passed', names: { trunk: 'Best' }, why: 'outbound_full' });
  });

  it('finds a word for a rule without a name', () => {
    expect(tell({ rule: { id: '', name: '' } })[0]?.names.rule).toBe('unnamed');
  });
});

describe('what is told of a number that may not be called', () => {
  it.each(REASONS)('%s is why, and what to do about it', (reason) => {
    const keys = tell({ allowed: false, reason, trunk: null }).map(({ key }) => key);
    expect(keys).toEqual([`reason.${reason}`, `help.${reason}`]);
    for (const words of [zh, en]) {
      expect(words.try.reason[reason]).toBeTypeOf('string');
      expect(words.try.help[reason]).toBeTypeOf('string');
    }
  });

  it('tells what stood in the way of each trunk between the two', () => {
    const passed = [{ trunk: { id: 'trk_1', name: 'Only' }, why: 'full' as const }];
    const keys = tell({ allowed: false, reason: 'trunks_full', passed }).map(({ key }) => key);
    expect(keys).toEqual(['reason.trunks_full', 'passed', 'help.trunks_full']);
  });
});

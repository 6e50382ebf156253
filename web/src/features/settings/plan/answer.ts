import type { PlanTrial } from '@/api/outbound';
import { BLOCKS } from '@/parts/story/outbound';

/** What a denial is put down to, with what there is to do about it. */
export const REASONS = [
  'misspelt',
  'unknown_agent',
  'no_rule',
  'not_for_agent',
  'denied_by_rule',
  'agent_stopped',
  'rule_stopped',
  'agent_per_minute',
  'agent_per_day',
  'rule_per_minute',
  'rule_per_day',
  'rule_talk',
  'uncounted',
  'no_trunk',
  'trunks_full',
] as const;

export type Reason = (typeof REASONS)[number];
export type Why = (typeof BLOCKS)[number];

/** The sentences an answer is told in: keys below `plan.try`, with the names that fill them. */
export interface Told {
  readonly key:
    'by_rule' | 'emergency' | 'through' | 'shown' | 'shown_none' | `reason.${Reason}` | `help.${Reason}` | 'passed';
  readonly names: Readonly<Record<string, string>>;
  /** Of a trunk that was passed over. */
  readonly why?: Why;
}

const known = <T extends string>(value: string | null | undefined, list: readonly T[], fallback: T): T =>
  list.find((one) => one === value) ?? fallback;

/** An answer in sentences, the most important first; `unnamed` stands for a rule without a name. */
export function told(trial: PlanTrial, unnamed: string, readable: (number: string) => string): readonly Told[] {
  const rule = trial.rule == null ? '' : trial.rule.name === '' ? unnamed : trial.rule.name;
  const passed = trial.passed.map(({ trunk, why }): Told => ({
    key: 'passed',
    names: { trunk: trunk.name },
    why: known(why, BLOCKS, 'unknown'),
  }));
  if (!trial.allowed) {
    const reason = known(trial.reason, REASONS, 'no_rule');
    return [{ key: `reason.${reason}`, names: { rule } }, ...passed, { key: `help.${reason}`, names: {} }];
  }
  const shown: Told =
    trial.shown == null || trial.shown === ''
      ? { key: 'shown_none', names: {} }
      : { key: 'shown', names: { number: readable(trial.shown) } };
  return [
    trial.emergency ? { key: 'emergency', names: {} } : { key: 'by_rule', names: { rule } },
    ...(trial.trunk == null
      ? []
      : [{ key: 'through', names: { trunk: trial.trunk.name, sent: trial.sent ?? '' } } as const]),
    shown,
    ...passed,
  ];
}

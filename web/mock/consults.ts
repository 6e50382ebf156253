import type { Handling, Offer, Supervision, SupervisionMode } from '@/api/types';
import { id } from './data';
import type { Scenario } from './scenarios';
import { handlingOf, nowUs, offerOf } from './world';

export type ConsultScenario = Extract<Scenario, `${'asking' | 'asked' | 'outside'}-${string}`>;

const COLLEAGUE = { id: id('agt', 2), name: '欧阳慧敏 Christopher Wright' };

/** A desk in the middle of a consult, on either side of it. */
export function inConsult(scenario: ConsultScenario): Handling {
  const asked = !scenario.startsWith('asked');
  const whom = scenario.startsWith('outside') ? { number: '+8613800138000' } : { with: COLLEAGUE };
  const state = scenario.endsWith('ringing') ? 'ringing' : scenario.endsWith('private') ? 'private' : 'joined';
  return handlingOf(asked && state !== 'joined' ? 'held' : 'talking', {
    consult: { ...whom, asked, state, reason: 'specialist' },
  });
}

/** A desk rings because a colleague hands the customer over, or asks about them. */
export function offerFromColleague(consult: boolean): Offer {
  const from = { id: id('agt', 2), name: '李伟' };
  return offerOf(true, {
    reason: consult ? 'consulted' : 'transferred',
    transfer: { kind: consult ? 'consult' : 'blind', from, reason: 'specialist' },
  });
}

/** The talk of a colleague, as a supervisor hears it. */
export function supervisionOf(mode: SupervisionMode): Supervision {
  const { conversation } = handlingOf('talking');
  return { of: COLLEAGUE, mode, since_at_us: nowUs() - 95_000_000, conversation };
}

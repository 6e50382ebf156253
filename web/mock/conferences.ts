import type { Handling, Party, SupervisedBy } from '@/api/types';
import { id } from './data';
import { handlingOf, nowUs } from './world';

const PEOPLE: readonly Pick<Party, 'kind' | 'name' | 'number' | 'state'>[] = [
  { kind: 'agent', name: '欧阳慧敏 Christopher Wright', state: 'talking' },
  { kind: 'outside', number: '+8613800138000', state: 'muted' },
  { kind: 'agent', name: '李伟', state: 'talking' },
  { kind: 'outside', number: '02161234567', state: 'talking' },
  { kind: 'agent', name: '王芳', state: 'ringing' },
];

/** A talk this agent leads, with so many others beside the customer. */
export function inConferenceOf(others: number): Handling {
  const parties = PEOPLE.slice(0, others).map((person, at): Party => ({
    ...person,
    id: id('tfr', at + 1),
    since_us: nowUs() - (others - at) * 20_000_000,
    leads: false,
    may_mute: person.state !== 'ringing',
    may_drop: true,
  }));
  return handlingOf('talking', { parties });
}

/** Somebody who whispers. */
export function supervisor(): SupervisedBy {
  return { name: '赵敏', mode: 'whisper', since_us: nowUs() - 12_000_000 };
}

import { expect, test } from 'vitest';
import { isSame, rebase } from './rebase';

interface Kept {
  name: string;
  ring_ms: number;
  agents: string[];
  days: number | null;
}

const base: Kept = {
  name: 'Sales',
  ring_ms: 20_000,
  agents: ['a', 'b'],
  days: null,
};

test('what I changed stays mine, and what only they changed is theirs', () => {
  const mine = { ...base, name: 'Sales 2' };
  const theirs = { ...base, ring_ms: 30_000, agents: ['a', 'b', 'c'] };
  expect(rebase<Kept>(mine, base, theirs)).toEqual({ ...theirs, name: 'Sales 2' });
});

test('where both changed the same, mine stays; what I emptied is a change too', () => {
  const mine = { ...base, agents: [], days: null };
  const theirs = { ...base, agents: ['c'], days: 30 };
  expect(rebase<Kept>(mine, { ...base, days: 7 }, theirs)).toEqual({ ...theirs, agents: [], days: null });
});

test('nothing that I changed leaves theirs as it is', () => {
  const theirs = { ...base, name: 'Theirs' };
  expect(rebase<Kept>({ ...base, agents: [...base.agents] }, base, theirs)).toEqual(theirs);
  expect(isSame(base, { ...base, agents: ['a', 'b'] })).toBe(true);
  expect(isSame(base, theirs)).toBe(false);
});

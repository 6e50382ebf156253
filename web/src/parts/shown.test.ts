import { expect, it } from 'vitest';
import { shownOf } from './shown';

it.each([
  // wanted, may, loaded
  [false, true, true, 'closed'],
  [false, true, false, 'closed'],
  [true, true, true, 'open'],
  [true, true, false, 'coming'],
  [true, false, true, 'closed'],
  [true, false, false, 'closed'],
] as const)('what is wanted (%s), allowed (%s) and loaded (%s) is %s', (wanted, may, loaded, shown) => {
  expect(shownOf(wanted, may, loaded)).toBe(shown);
});

it('opens what was asked for too early as soon as it has come', () => {
  const asked = (loaded: boolean) => shownOf(true, true, loaded);
  expect([asked(false), asked(true)]).toEqual(['coming', 'open']);
});

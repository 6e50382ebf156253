import { describe, expect, it } from 'vitest';
import type { OutboundPlan } from '@/api/outbound';
import { freshRule, moved, sameAs, trunksOf, wantedOf, wantedOver, withRule, withTrunk } from './draft';

const plan: OutboundPlan = {
  version: 4,
  emergency: ['110'],
  country: '86',
  agent_caps: { per_minute: 30, per_day: null },
  agent_alarm: null,
  number_id: null,
  trunks: [
    { trunk_id: 'trk_1', name: 'First', channels: {}, caps: {}, withholds: false, rewrites: [] },
    { trunk_id: 'trk_2', name: 'Second', channels: {}, caps: {}, withholds: false, rewrites: [] },
  ],
  rules: [],
};
const rule = { ...freshRule([], plan.trunks), id: 'drl_1', name: 'Town', prefixes: ['2'] };

describe('the plan as the server takes it', () => {
  it('has no ids that were made here, and no blanks around what was typed', () => {
    const fresh = { ...freshRule([rule], plan.trunks), name: ' Mobile ', prefixes: [' 1', ''] };
    const { rules } = wantedOf({ ...plan, rules: [rule, fresh] });
    expect(rules.map(({ id, name, prefixes }) => [id, name, prefixes])).toEqual([
      ['drl_1', 'Town', ['2']],
      [null, 'Mobile', ['1']],
    ]);
  });

  it('makes a fresh rule of one that somebody else removed', () => {
    const mine = { ...plan, rules: [rule, { ...rule, id: 'drl_2' }] };
    const wanted = wantedOver(mine, { ...plan, version: 9, rules: [rule] });
    expect([wanted.version, ...wanted.rules.map(({ id }) => id)]).toEqual([9, 'drl_1', null]);
  });

  it('says of a rule that denies nothing about how to call', () => {
    const allows = { ...rule, caps: { per_day: 5 }, watched: true, alarm: { distinct: 5, within_s: 60 } };
    const denies = wantedOf({ ...plan, rules: [{ ...allows, shown: 'fixed', number_id: 'num_1', says: 'deny' }] });
    expect(denies.rules[0]).toEqual({
      id: 'drl_1',
      name: 'Town',
      prefixes: ['2'],
      whom: { roles: [], team_ids: [], agent_ids: [] },
      says: 'deny',
      trunk_ids: [],
      shown: 'usual',
      number_id: null,
      caps: {},
      talk_per_day_s: null,
      watched: false,
      alarm: null,
    });
  });

  it('names a number only for a rule that always shows the same one', () => {
    const numberOf = (shown: 'fixed' | 'site') =>
      wantedOf({ ...plan, rules: [{ ...rule, shown, number_id: 'num_1' }] }).rules[0]?.number_id;
    expect([numberOf('fixed'), numberOf('site')]).toEqual(['num_1', null]);
  });
});

describe('whether something is unsaved', () => {
  it('is not so for what is absent instead of null, another order of names or a newer version', () => {
    const spelled: OutboundPlan = { ...plan, version: 9, agent_caps: { per_minute: 30 } };
    expect(sameAs(plan, spelled)).toBe(true);
    expect(sameAs(plan, { ...plan, agent_caps: { per_day: null, per_minute: 30 } })).toBe(true);
  });

  it.each([
    ['a cap', { ...plan, agent_caps: { per_minute: 31, per_day: null } }],
    ['a trunk', withTrunk(plan, 'trk_2', { withholds: true })],
    ['the site of a trunk', withTrunk(plan, 'trk_2', { site_id: 'sit_1' })],
    ['a rule', { ...plan, rules: [rule] }],
  ])('is so after a change of %s', (_, changed) => expect(sameAs(plan, changed)).toBe(false));

  it('is so when rules change places', () => {
    const two = [rule, { ...rule, id: 'drl_2', name: 'Mobile' }];
    expect(sameAs({ ...plan, rules: two }, { ...plan, rules: moved(two, 0, 1) })).toBe(false);
  });
});

describe('rules and trunks', () => {
  it('gives every new rule an id of its own', () => {
    const first = freshRule([], plan.trunks);
    const second = freshRule([first], plan.trunks);
    const third = freshRule([second], plan.trunks);
    expect(new Set([first.id, second.id, third.id]).size).toBe(third.id === first.id ? 2 : 3);
    expect(third.id).not.toBe(second.id);
  });

  it('changes the one that is meant', () => {
    const after = withRule({ ...plan, rules: [rule, { ...rule, id: 'drl_2' }] }, 'drl_2', { name: 'Other' });
    expect(after.rules.map(({ name }) => name)).toEqual(['Town', 'Other']);
  });

  it('moves one and leaves the ends alone', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('lists trunks in the order they are tried, without those that are gone', () => {
    const names = trunksOf({ ...rule, trunk_ids: ['trk_2', 'trk_9', 'trk_1'] }, plan.trunks).map(({ name }) => name);
    expect(names).toEqual(['Second', 'First']);
  });
});

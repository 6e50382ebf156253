import { describe, expect, it } from 'vitest';
import type { AgentRow, Brief, Handling, MeState, Offer, Presence } from '@/api/types';
import { can, focusOf, forcedOf, voiceFor } from './can';

const conversation: Brief = {
  id: 'cnv_1',
  direction: 'inbound',
  started_at_us: 0,
  from: null,
  vip: false,
  unheard: false,
  language: 'zh',
  path: [],
};
const offer: Offer = {
  id: 'off_1',
  offered_at_us: 0,
  ring_until_us: 1_000,
  reason: 'only_eligible',
  eligible: 1,
  idle_ms: 0,
  queue: { id: 'que_1', name: '' },
  conversation,
};
const handling = (state: Handling['state'], muted = false): Handling => ({
  id: `hdl_${state}`,
  state,
  muted,
  device_lost: false,
  started_at_us: 0,
  state_since_us: 0,
  conversation,
});
const me = (presence: Presence, offers: Offer[] = [], handlings: Handling[] = []): MeState => ({
  at_us: 0,
  draining: false,
  settings_version: 1,
  agent: { state: presence, presence, since_at_us: 0, phone: true, telephones: [] },
  offers,
  handlings,
  parked: [],
});

const row = (state: AgentRow['state'], more: Partial<AgentRow> = {}): AgentRow => ({
  id: 'agt_2',
  name: 'Wu',
  extension: '8002',
  state,
  since_at_us: 0,
  phone: true,
  phone_kind: 'browser',
  ...more,
});

describe('calling somebody', () => {
  const free = me('not_ready');
  it.each([
    [free, 'yes'],
    [me('signed_out'), 'not_signed_in'],
    [me('ready', [offer]), 'ringing_now'],
    [me('ready', [], [handling('talking')]), 'talk_going_on'],
    [me('ready', [], [handling('wrap_up')]), 'wrapping_up'],
    [{ ...free, agent: { ...free.agent, phone: false } }, 'no_phone'],
  ] as const)('%o: %s', (state, verdict) => {
    expect(can.dial(state)).toBe(verdict);
  });

  it('nobody is held or handed over before they answered', () => {
    const outbound = (result?: 'answered') => ({
      ...handling('talking'),
      conversation: { ...conversation, outbound: { ringing: true, ...(result === undefined ? {} : { result }) } },
    });
    for (const action of [can.hold, can.transfer, can.park]) {
      expect([action(outbound()), action(outbound('answered'))]).toEqual(['not_in_talk', 'yes']);
    }
  });

  it('a consult has buttons of its own, and what they do depends on how far it is', () => {
    const consult = (asked: boolean, state: 'ringing' | 'private' | 'joined') => ({
      ...handling('held'),
      consult: { with: { id: 'agt_2', name: 'Wu' }, asked, state },
    });
    for (const action of [can.hold, can.transfer, can.park])
      expect(action(consult(true, 'private'))).toBe('in_consult');
    const told = (asked: boolean, state: 'ringing' | 'private' | 'joined') =>
      [can.mute, can.join, can.complete].map((action) => action(consult(asked, state)) === 'yes');
    expect(told(true, 'ringing')).toEqual([false, false, false]);
    expect(told(true, 'private')).toEqual([true, true, true]);
    expect(told(true, 'joined')).toEqual([true, false, true]);
    expect(told(false, 'private')).toEqual([true, false, false]);
    expect(told(false, 'joined')).toEqual([true, false, false]);
  });

  it('a talk is heard by whoever is at work, has a phone and nothing else in hand', () => {
    const heard = { of: { id: 'agt_2', name: 'Wu' }, mode: 'listen', since_at_us: 0, conversation } as const;
    const mine = me('not_ready');
    expect(can.supervise(mine, row('talking'))).toBe('yes');
    expect(can.supervise(mine, row('ready'))).toBe('not_in_talk');
    expect(can.supervise(me('signed_out'), row('held'))).toBe('not_signed_in');
    expect(can.supervise(me('ready', [offer]), row('held'))).toBe('ringing_now');
    expect(can.supervise(me('ready', [], [handling('wrap_up')]), row('held'))).toBe('wrapping_up');
    expect(can.supervise({ ...mine, agent: { ...mine.agent, phone: false } }, row('held'))).toBe('no_phone');
    expect(can.supervise({ ...mine, supervision: heard }, row('talking'))).toBe('yes');
    const other = { ...heard, of: { id: 'agt_3', name: 'Li' } };
    expect(can.supervise({ ...mine, supervision: other }, row('talking'))).toBe('talk_going_on');
    expect([
      voiceFor({ ...mine, supervision: heard }),
      voiceFor({ ...mine, supervision: { ...heard, mode: 'barge' } }),
    ]).toEqual(['muted', 'open']);
  });

  it('a SIP phone answers as long as it can be rung, whatever the browser can', () => {
    const failed = { kind: 'failed', why: 'denied' } as const;
    expect(can.accept(offer, failed, 0, { on: true })).toBe('yes');
    expect(can.accept(offer, failed, 0, { on: false })).toBe('no_phone');
    expect(can.accept(offer, failed, 2_000, { on: true })).toBe('offer_over');
  });
});

describe('customers who are parked or wait', () => {
  const parked = (conversation_id: string) => ({
    conversation_id,
    customer_label: '',
    by: { id: 'agt_1', name: 'Li' },
    since_at_us: 0,
    until_at_us: 1,
  });
  const free = me('not_ready');
  const heard = { of: { id: 'agt_2', name: 'Wu' }, mode: 'listen', since_at_us: 0, conversation } as const;
  it.each([
    ['somebody free, ready or not', free, 'yes', 'yes'],
    ['nobody before anything is known', null, 'not_signed_in', 'not_signed_in'],
    ['nobody signed out', me('signed_out'), 'not_signed_in', 'not_signed_in'],
    ['nobody whose desk rings', me('ready', [offer]), 'ringing_now', 'ringing_now'],
    ['nobody in a talk', me('ready', [], [handling('held')]), 'talk_going_on', 'talk_going_on'],
    ['nobody who hears a talk', { ...free, supervision: heard }, 'talk_going_on', 'talk_going_on'],
    ['nobody without a phone', { ...free, agent: { ...free.agent, phone: false } }, 'no_phone', 'no_phone'],
    ['whoever wraps the same customer up', me('ready', [], [handling('wrap_up')]), 'yes', 'wrapping_up'],
  ] as const)('are taken by %s', (_, state, same, other) => {
    expect([can.pickUp(state, parked('cnv_1')), can.pickUp(state, parked('cnv_2')), can.take(state)]).toEqual([
      same,
      other,
      other,
    ]);
  });

  it('are given to agents who are free and have a phone, ready or not', () => {
    const states = [
      'ready',
      'not_ready',
      'ringing',
      'talking',
      'held',
      'supervising',
      'wrap_up',
      'signed_out',
    ] as const;
    expect(states.map((state) => can.give(row(state)))).toEqual([
      'yes',
      'yes',
      'ringing_now',
      'talk_going_on',
      'talk_going_on',
      'talk_going_on',
      'wrapping_up',
      'not_signed_in',
    ]);
    expect(can.give(row('ready', { phone: false }))).toBe('no_phone');
  });
});

describe('keys towards the customer', () => {
  const consult = (state: 'ringing' | 'private' | 'joined') => ({
    with: { id: 'agt_2', name: 'Wu' },
    asked: true,
    state,
  });
  const asked = (state: 'ringing' | 'private') => ({ number: '02161234567', asked: true, state });
  const outbound = { ...handling('talking'), conversation: { ...conversation, outbound: { ringing: true } } };
  it.each([
    ['in a talk', handling('talking'), 'yes'],
    ['not on hold', handling('held'), 'on_hold'],
    ['not in wrap-up', handling('wrap_up'), 'not_in_talk'],
    ['not before they answered', outbound, 'not_in_talk'],
    ['not while a colleague rings', { ...handling('held'), consult: consult('ringing') }, 'in_consult'],
    ['not while a colleague is asked in private', { ...handling('held'), consult: consult('private') }, 'in_consult'],
    ['while all three talk', { ...handling('talking'), consult: consult('joined') }, 'yes'],
    ['not while a number outside rings', { ...handling('held'), consult: asked('ringing') }, 'in_consult'],
    ['to a number outside that is asked in private', { ...handling('held'), consult: asked('private') }, 'yes'],
  ] as const)('%s', (_, one, verdict) => expect(can.sendDigits(one)).toBe(verdict));
});

describe('deciding about the state of another agent', () => {
  it.each([
    [row('ready'), 'already', 'yes', 'yes'],
    [row('not_ready'), 'yes', 'already', 'yes'],
    [row('not_ready', { reason_id: 'nrr_1' }), 'yes', 'yes', 'yes'],
    [row('not_ready', { phone: false }), 'no_phone', 'already', 'yes'],
    [row('ringing'), 'yes', 'yes', 'ringing_now'],
    [row('talking'), 'yes', 'yes', 'talk_going_on'],
    [row('supervising'), 'yes', 'yes', 'talk_going_on'],
    [row('wrap_up'), 'yes', 'yes', 'yes'],
    [row('signed_out'), 'not_signed_in', 'not_signed_in', 'not_signed_in'],
  ] as const)('%o: %s, %s, %s', (agent, ready, notReady, signedOut) => {
    expect([can.force(agent, 'ready'), can.force(agent, 'not_ready'), can.force(agent, 'signed_out')]).toEqual([
      ready,
      notReady,
      signedOut,
    ]);
  });

  it('is known to the agent as long as it is so', () => {
    const forced = (presence: Presence, cause?: 'supervisor' | 'asked') => {
      const state = me(presence);
      return forcedOf({ ...state, agent: { ...state.agent, ...(cause === undefined ? {} : { cause }) } });
    };
    expect([
      forced('not_ready', 'supervisor'),
      forced('signed_out', 'supervisor'),
      forced('ready', 'supervisor'),
      forced('not_ready', 'asked'),
      forced('not_ready'),
    ]).toEqual(['not_ready', 'signed_out', null, null, null]);
  });
});

describe('presence', () => {
  it.each([
    ['signed_out', [], [], 'yes', 'not_signed_in', 'yes', 'already'],
    ['not_ready', [], [], 'yes', 'yes', 'already', 'yes'],
    ['ready', [], [], 'already', 'yes', 'already', 'yes'],
    ['ready', [offer], [], 'already', 'yes', 'already', 'ringing_now'],
    ['ready', [], [handling('held')], 'already', 'yes', 'already', 'talk_going_on'],
    ['not_ready', [], [handling('wrap_up')], 'yes', 'yes', 'already', 'yes'],
  ] as const)('%s with %o and %o', (presence, offers, handlings, ready, notReady, signIn, signOut) => {
    const state = me(presence, [...offers], [...handlings]);
    expect([can.ready(state), can.notReady(state), can.signIn(state), can.signOut(state)]).toEqual([
      ready,
      notReady,
      signIn,
      signOut,
    ]);
  });
});

describe('accept', () => {
  it.each([
    ['connected', { kind: 'connected', legId: 'leg_1' }, 0, 'yes'],
    ['a phone in another tab', { kind: 'elsewhere' }, 0, 'yes'],
    ['no phone', { kind: 'reattaching', attempt: 1 }, 0, 'no_phone'],
    ['too late', { kind: 'connected', legId: 'leg_1' }, 1_000, 'offer_over'],
  ] as const)('%s', (_, phone, nowUs, verdict) => expect(can.accept(offer, phone, nowUs)).toBe(verdict));
});

describe('call actions', () => {
  it.each([
    ['talking', 'yes', 'yes', 'yes', 'yes', 'talk_going_on'],
    ['held', 'yes', 'not_in_talk', 'yes', 'yes', 'talk_going_on'],
    ['wrap_up', 'not_in_talk', 'not_in_talk', 'not_in_talk', 'not_in_talk', 'yes'],
  ] as const)('%s', (state, hold, mute, transfer, hangUp, finish) => {
    const one = handling(state);
    expect([can.hold(one), can.mute(one), can.transfer(one), can.hangUp(one), can.finishWrapUp(one)]).toEqual([
      hold,
      mute,
      transfer,
      hangUp,
      finish,
    ]);
  });
});

describe('voiceFor and focusOf', () => {
  it.each([
    ['nothing', [], [], 'idle', 'none'],
    ['an offer', [offer], [], 'open', 'offer'],
    ['a talk', [], [handling('talking')], 'open', 'handling'],
    ['a muted talk', [], [handling('talking', true)], 'muted', 'handling'],
    ['wrap-up', [], [handling('wrap_up')], 'idle', 'handling'],
    ['wrap-up and an offer', [offer], [handling('wrap_up')], 'open', 'offer'],
    ['a talk and an offer', [offer], [handling('held')], 'open', 'handling'],
  ] as const)('%s', (_, offers, handlings, voice, focus) => {
    const state = me('ready', [...offers], [...handlings]);
    expect(voiceFor(state)).toBe(voice);
    expect(focusOf(state).kind).toBe(focus);
  });

  it('is idle before anything is known', () => {
    expect(voiceFor(null)).toBe('idle');
    expect(focusOf(null).kind).toBe('none');
  });
});

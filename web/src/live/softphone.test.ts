import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MicrophoneFailure } from './microphone';
import { PhoneRefused } from './phone-state';
import { ELSEWHERE_GONE_MS, INTERRUPTED_MAX_MS, TAKE_OVER_NEWS_MS } from './softphone';
import { rig } from './softphone-rig';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('where the phone goes when the agent is signed in', () => {
  it.each([
    ['nobody has it', {}, 'connecting', 1],
    ['another tab of this browser has it', { holder: true }, 'elsewhere', 0],
    ['another computer has it', { hasPhone: true }, 'elsewhere', 0],
    [
      'this tab was reloaded while the server still counts the old leg',
      { hasPhone: true, held: true },
      'connecting',
      1,
    ],
    ['this tab is a copy of the one that has it', { held: true, holder: true }, 'elsewhere', 0],
    ['nothing is known of the server', { hasPhone: null }, 'connecting', 1],
  ])('%s', async (_, change, kind, opened) => {
    const { phone, peers, settle } = rig(change);
    phone.want(true);
    await settle();
    expect(phone.state.get().kind).toBe(kind);
    expect(peers).toHaveLength(opened);
  });

  it('is taken when asked for, although another tab has it', async () => {
    const { phone, world, last, settle } = rig({ holder: true });
    phone.want(true);
    await settle();
    world.holder = false;
    const connected = phone.connect();
    await settle();
    last().tell('connected');
    await expect(connected).resolves.toBeUndefined();
    expect(phone.state.get()).toEqual({ kind: 'connected', legId: 'leg_1' });
  });
});

describe('a take-over by somebody else', () => {
  it('is obeyed at once when a tab of this browser says so', async () => {
    const { phone, connect, takenByTab, last } = rig();
    await connect();
    takenByTab();
    expect(phone.state.get().kind).toBe('elsewhere');
    expect(last().closed).toBe(true);
  });

  it('is understood when the server closes the leg and still counts a phone', async () => {
    const { phone, world, connect, last, peers } = rig();
    await connect();
    world.hasPhone = true;
    last().tell('closed_by_server');
    await vi.advanceTimersByTimeAsync(TAKE_OVER_NEWS_MS);
    expect(phone.state.get().kind).toBe('elsewhere');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(peers).toHaveLength(1);
  });

  it('ends when the other side stays away, not while it only reloads', async () => {
    const { phone, world, connect, peers, takenByTab } = rig();
    await connect();
    takenByTab();
    phone.serverSays(false);
    await vi.advanceTimersByTimeAsync(ELSEWHERE_GONE_MS - 1);
    phone.serverSays(true);
    await vi.advanceTimersByTimeAsync(ELSEWHERE_GONE_MS);
    expect(peers).toHaveLength(1);
    world.hasPhone = false;
    phone.serverSays(false);
    phone.serverSays(false);
    await vi.advanceTimersByTimeAsync(ELSEWHERE_GONE_MS);
    expect(peers).toHaveLength(2);
  });
});

describe('breaks', () => {
  it('a leg the server dropped is attached again', async () => {
    const { phone, world, connect, last, peers } = rig();
    await connect();
    world.hasPhone = false;
    last().tell('closed_by_server');
    await vi.advanceTimersByTimeAsync(TAKE_OVER_NEWS_MS + 1);
    expect(peers).toHaveLength(2);
    last().tell('connected');
    expect(phone.state.get().kind).toBe('connected');
  });

  it('a short interruption mends itself', async () => {
    const { phone, connect, last, peers } = rig();
    await connect();
    last().tell('interrupted');
    expect(phone.state.get()).toEqual({ kind: 'reattaching', attempt: 0 });
    last().tell('connected');
    await vi.advanceTimersByTimeAsync(INTERRUPTED_MAX_MS * 2);
    expect(phone.state.get().kind).toBe('connected');
    expect(peers).toHaveLength(1);
  });

  it('a long one gets a new leg', async () => {
    const { connect, last, peers } = rig();
    await connect();
    last().tell('interrupted');
    await vi.advanceTimersByTimeAsync(INTERRUPTED_MAX_MS + 1);
    expect(peers).toHaveLength(2);
  });

  it('a server that is away is asked again and again, ever slower', async () => {
    const { phone, world, settle } = rig({ attach: () => Promise.reject(new Error('down')) });
    phone.want(true);
    await settle();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(phone.state.get()).toMatchObject({ kind: 'reattaching' });
    world.attach = () => Promise.resolve({ leg_id: 'leg_2', sdp: 'answer' });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(phone.remote.get()).not.toBeNull();
  });
});

describe('what cannot be mended by trying again', () => {
  it.each([
    ['denied', { microphone: () => Promise.reject(new MicrophoneFailure('denied')) }],
    ['insecure', { microphone: () => Promise.reject(new MicrophoneFailure('insecure')) }],
    ['refused', { attach: () => Promise.reject(new PhoneRefused('bad_sdp')) }],
  ] as const)('%s is said, once', async (why, change) => {
    const { phone } = rig(change);
    phone.want(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(phone.state.get()).toEqual({ kind: 'failed', why });
  });
});

describe('voice and leaving', () => {
  it('flows only for work in hand, and stops for mute', async () => {
    const { phone, connect, last, track } = rig();
    await connect();
    phone.setVoice('open');
    phone.setVoice('muted');
    expect(track.enabled).toBe(false);
    phone.setVoice('idle');
    expect(last().sent).toEqual([null, 'voice', 'voice', null]);
    expect(track.enabled).toBe(true);
  });

  it('flows without work while it is tried, and work takes it over', async () => {
    const { phone, connect, last } = rig();
    await connect();
    phone.tryVoice(true);
    phone.setVoice('open');
    phone.tryVoice(false);
    phone.setVoice('idle');
    expect(last().sent).toEqual([null, 'voice', 'voice', 'voice', null]);
  });

  it('signing out gives the leg back and lets the microphone go', async () => {
    const { phone, connect, detached, last, track } = rig();
    await connect();
    phone.want(false);
    expect(detached).toEqual(['leg_1']);
    expect(last().closed).toBe(true);
    expect(track.stop).toHaveBeenCalled();
    expect(phone.state.get()).toEqual({ kind: 'off' });
  });

  it('an answer that comes after signing out is given back', async () => {
    let answer = (_: { leg_id: string; sdp: string }): void => undefined;
    const { phone, detached, settle } = rig({
      attach: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    phone.want(true);
    await settle();
    phone.want(false);
    answer({ leg_id: 'leg_late', sdp: 'answer' });
    await settle();
    expect(detached).toEqual(['leg_late']);
    expect(phone.state.get()).toEqual({ kind: 'off' });
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MicrophoneFailure } from './microphone';
import { microphone, rig } from './softphone-rig';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('another microphone', () => {
  it('takes over in a talk: the new one is sent before the old one stops', async () => {
    const { phone, world, connect, last, track, peers } = rig();
    await connect();
    phone.setVoice('open');
    const headset = microphone('headset');
    world.microphone = () => Promise.resolve(headset);
    let sentWhenStopped: unknown[] = [];
    vi.mocked(track.stop).mockImplementation(() => {
      sentWhenStopped = [...last().sent];
    });
    await phone.switchMicrophone();
    expect(sentWhenStopped).toEqual([null, 'voice', 'headset']);
    expect(peers).toHaveLength(1);
    expect(headset.stop).not.toHaveBeenCalled();
  });

  it('stays muted when the old one was', async () => {
    const { phone, world, connect } = rig();
    await connect();
    phone.setVoice('muted');
    const headset = microphone('headset');
    world.microphone = () => Promise.resolve(headset);
    await phone.switchMicrophone();
    expect(headset.enabled).toBe(false);
    expect(phone.listen()).toMatchObject({ label: 'headset', enabled: true });
  });

  it('that does not open leaves the old one talking', async () => {
    const { phone, world, connect, last, track } = rig();
    await connect();
    phone.setVoice('open');
    world.microphone = () => Promise.reject(new MicrophoneFailure('device_busy'));
    await expect(phone.switchMicrophone()).rejects.toMatchObject({ fault: 'device_busy' });
    expect(last().sent).toEqual([null, 'voice']);
    expect(track.stop).not.toHaveBeenCalled();
    expect(phone.state.get().kind).toBe('connected');
  });

  it('is the last one chosen, however late the first one opens', async () => {
    const { phone, world, connect, last } = rig();
    await connect();
    phone.setVoice('open');
    const [slow, quick] = [microphone('slow'), microphone('quick')];
    let open = (_: MediaStreamTrack): void => undefined;
    world.microphone = () => new Promise((resolve) => (open = resolve));
    const first = phone.switchMicrophone();
    world.microphone = () => Promise.resolve(quick);
    await phone.switchMicrophone();
    open(slow);
    await first;
    expect(last().sent.at(-1)).toBe('quick');
    expect(slow.stop).toHaveBeenCalled();
  });

  it('serves, and is named, when the one in use is pulled out', async () => {
    const { phone, world, connect, last, track, replaced, settle } = rig();
    await connect();
    phone.setVoice('open');
    world.microphone = () => Promise.resolve(microphone('laptop'));
    track.onended?.(new Event('ended'));
    await settle();
    expect(last().sent.at(-1)).toBe('laptop');
    expect(replaced).toEqual(['laptop']);
    expect(phone.state.get().kind).toBe('connected');
  });

  it('is the chosen one when it opens before what was to replace the one pulled out, which is closed', async () => {
    const { phone, world, connect, last, track, settle } = rig();
    await connect();
    phone.setVoice('open');
    const [headset, laptop] = [microphone('headset'), microphone('laptop')];
    const opens: ((one: MediaStreamTrack) => void)[] = [];
    world.microphone = () => new Promise((resolve) => opens.push(resolve));
    const switched = phone.switchMicrophone();
    track.onended?.(new Event('ended'));
    opens[0]?.(headset);
    await switched;
    opens[1]?.(laptop);
    await settle();
    expect(last().sent.at(-1)).toBe('headset');
    expect(phone.listen()?.label).toBe('headset');
    expect(laptop.stop).toHaveBeenCalledTimes(1);
    expect(headset.stop).not.toHaveBeenCalled();
  });

  it('goes on when the one before ends while it takes over', async () => {
    const { phone, world, connect, last, track, replaced, settle } = rig();
    await connect();
    phone.setVoice('open');
    world.microphone = () => Promise.resolve(microphone('headset'));
    const peer = last();
    const send = peer.send;
    peer.send = (one) => {
      if (one?.label === 'headset') track.onended?.(new Event('ended'));
      return send(one);
    };
    await phone.switchMicrophone();
    await settle();
    expect(replaced).toEqual([]);
    expect(phone.listen()?.label).toBe('headset');
  });

  it('is asked for when there is none at all', async () => {
    const { phone, world, connect, track, settle } = rig();
    await connect();
    world.microphone = () => Promise.reject(new MicrophoneFailure('no_device'));
    track.onended?.(new Event('ended'));
    await settle();
    expect(phone.state.get()).toEqual({ kind: 'failed', why: 'no_device' });
  });

  it('is not opened before the phone is', async () => {
    const { phone, world } = rig();
    world.microphone = vi.fn();
    await phone.switchMicrophone();
    expect(world.microphone).not.toHaveBeenCalled();
    expect(phone.listen()).toBeNull();
  });
});

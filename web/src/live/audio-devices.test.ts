import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '@/lib/store';
import {
  audioInstead,
  chooseAudio,
  chosenAudio,
  devicesOf,
  followMicrophone,
  followSpeaker,
  openChosenMicrophone,
  sayReplaced,
  seeInstead,
} from './audio-devices';
import type { PhoneState } from './phone-state';
import type { Softphone } from './softphone';

const HEADSET = { kind: 'audioinput', deviceId: 'headset', label: 'Headset' } as const;
const LAPTOP = { kind: 'audioinput', deviceId: 'laptop', label: 'Laptop' } as const;
const EARPIECE = { kind: 'audiooutput', deviceId: 'earpiece', label: 'Earpiece' } as const;
const MONITOR = { kind: 'audiooutput', deviceId: 'monitor', label: 'Monitor' } as const;

/** A computer with devices that can be pulled out. */
function computer(...plugged: { kind: MediaDeviceKind; deviceId: string; label: string }[]) {
  const events = new EventTarget();
  const asked: unknown[] = [];
  const mediaDevices = {
    enumerateDevices: () => Promise.resolve(plugged),
    getUserMedia: ({ audio }: { audio: { deviceId?: { exact: string } } }) => {
      asked.push(audio.deviceId?.exact ?? null);
      const inputs = plugged.filter(({ kind }) => kind === 'audioinput');
      const wanted =
        audio.deviceId === undefined ? inputs[0] : inputs.find((one) => one.deviceId === audio.deviceId?.exact);
      if (wanted === undefined) {
        const name = audio.deviceId === undefined ? 'NotFoundError' : 'OverconstrainedError';
        return Promise.reject(new DOMException('none', name));
      }
      return Promise.resolve({ getAudioTracks: () => [{ label: wanted.label }] });
    },
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
  };
  vi.stubGlobal('navigator', { mediaDevices });
  const now = async (...devices: typeof plugged): Promise<void> => {
    plugged = devices;
    events.dispatchEvent(new Event('devicechange'));
    // Every answer of this computer is there at once: a few turns, and all has been said.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return { asked, now };
}

beforeEach(() => {
  chooseAudio('microphone', '');
  chooseAudio('speaker', '');
});
afterEach(() => vi.unstubAllGlobals());

describe('what can be chosen', () => {
  it('is each device once, without the names the browser gives to defaults', () => {
    const all = [
      { ...HEADSET, deviceId: 'default', label: 'Default - Headset' },
      { ...HEADSET, deviceId: 'communications', label: 'Communications - Headset' },
      HEADSET,
      LAPTOP,
      EARPIECE,
      { kind: 'videoinput', deviceId: 'camera', label: 'Camera' } as const,
      { ...LAPTOP, deviceId: '', label: '' },
    ];
    expect(devicesOf(all)).toEqual({
      microphone: [
        { id: 'headset', label: 'Headset' },
        { id: 'laptop', label: 'Laptop' },
      ],
      speaker: [{ id: 'earpiece', label: 'Earpiece' }],
    });
  });
});

describe('the microphone that is opened', () => {
  it('is the chosen one and no other', async () => {
    const { asked } = computer(LAPTOP, HEADSET);
    chooseAudio('microphone', 'headset');
    expect((await openChosenMicrophone()).label).toBe('Headset');
    expect(asked).toEqual(['headset']);
    expect(audioInstead.get().microphone).toBeNull();
  });

  it('is the default, and says so, when the chosen one is not there', async () => {
    computer(LAPTOP);
    chooseAudio('microphone', 'headset');
    expect((await openChosenMicrophone()).label).toBe('Laptop');
    expect(audioInstead.get().microphone).toEqual({ label: 'Laptop', seen: false });
    expect(chosenAudio.get().microphone).toBe('headset');
  });

  it('is none, with a reason, when there is nothing at all', async () => {
    computer();
    chooseAudio('microphone', 'headset');
    await expect(openChosenMicrophone()).rejects.toMatchObject({ fault: 'no_device' });
  });
});

describe('a device that comes back', () => {
  function phone(state: PhoneState) {
    const calls: string[] = [];
    const fake = {
      state: createStore<PhoneState>(state),
      connect: () => Promise.resolve(void calls.push('connect')),
      switchMicrophone: () => Promise.resolve(void calls.push('switch')),
    };
    return { calls, softphone: fake as unknown as Softphone };
  }

  it('is spoken into again', async () => {
    const { now } = computer(LAPTOP);
    const { calls, softphone } = phone({ kind: 'connected', legId: 'leg_1' });
    chooseAudio('microphone', 'headset');
    await openChosenMicrophone();
    const stop = followMicrophone(softphone);
    await now(LAPTOP, MONITOR);
    expect(calls).toEqual([]);
    await now(LAPTOP, MONITOR, HEADSET);
    expect(calls).toEqual(['switch']);
    stop();
    await now(LAPTOP, HEADSET);
    expect(calls).toEqual(['switch']);
  });

  it('is spoken into again although what serves instead was seen, and is told of anew when it goes again', async () => {
    const { now } = computer(LAPTOP);
    const { calls, softphone } = phone({ kind: 'connected', legId: 'leg_1' });
    chooseAudio('microphone', 'headset');
    await openChosenMicrophone();
    seeInstead('microphone');
    // Opened again by the panel of devices: nothing new to tell.
    await openChosenMicrophone();
    expect(audioInstead.get().microphone).toEqual({ label: 'Laptop', seen: true });
    const stop = followMicrophone(softphone);
    await now(LAPTOP, HEADSET);
    expect(calls).toEqual(['switch']);
    stop();
    await openChosenMicrophone();
    expect(audioInstead.get().microphone).toBeNull();
    await now(LAPTOP);
    await openChosenMicrophone();
    expect(audioInstead.get().microphone).toEqual({ label: 'Laptop', seen: false });
  });

  it('is told of by what serves, unless it is the chosen one that was opened again', async () => {
    computer(LAPTOP, HEADSET);
    sayReplaced((await openChosenMicrophone()).label);
    expect(audioInstead.get().microphone).toEqual({ label: 'Laptop', seen: false });
    chooseAudio('microphone', 'headset');
    sayReplaced((await openChosenMicrophone()).label);
    expect(audioInstead.get().microphone).toBeNull();
  });

  it('connects the phone that had no microphone', async () => {
    const { now } = computer();
    const { calls, softphone } = phone({ kind: 'failed', why: 'no_device' });
    followMicrophone(softphone);
    await now(MONITOR);
    expect(calls).toEqual([]);
    await now(MONITOR, LAPTOP);
    expect(calls).toEqual(['connect']);
  });
});

describe('the speaker', () => {
  it('is the chosen one while it is plugged in, else the default, and says so', async () => {
    class Element {
      readonly sinks: string[] = [];
      setSinkId(id: string) {
        this.sinks.push(id);
        return Promise.resolve();
      }
    }
    vi.stubGlobal('HTMLMediaElement', Element);
    const { now } = computer(LAPTOP, MONITOR, EARPIECE);
    const element = new Element();
    const stop = followSpeaker(element as unknown as HTMLMediaElement);
    chooseAudio('speaker', 'earpiece');
    await now(LAPTOP, MONITOR, EARPIECE);
    expect(element.sinks.at(-1)).toBe('earpiece');
    await now(LAPTOP, MONITOR);
    expect(element.sinks.at(-1)).toBe('');
    expect(audioInstead.get().speaker).toEqual({ label: '', seen: false });
    await now(LAPTOP, MONITOR, EARPIECE);
    expect(element.sinks.at(-1)).toBe('earpiece');
    expect(audioInstead.get().speaker).toBeNull();
    stop();
  });

  it('is left alone by a browser that does not let it be chosen', () => {
    vi.stubGlobal('HTMLMediaElement', class {});
    computer(LAPTOP);
    expect(() => followSpeaker({} as HTMLMediaElement)()).not.toThrow();
  });
});

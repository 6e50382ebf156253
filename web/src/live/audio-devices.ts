import { readPreference, writePreference } from '@/lib/preferences';
import { createStore } from '@/lib/store';
import { canHaveMicrophone, MicrophoneFailure, openMicrophone } from './microphone';
import type { Softphone } from './softphone';

/** What can be chosen: where the voice comes from, and where the other side is heard. */
export type AudioRole = 'microphone' | 'speaker';

export interface AudioDevice {
  readonly id: string;
  /** As the system calls it; empty while the browser keeps the names to itself. */
  readonly label: string;
}

export type AudioDevices = Readonly<Record<AudioRole, readonly AudioDevice[]>>;

const KINDS: Record<AudioRole, MediaDeviceKind> = { microphone: 'audioinput', speaker: 'audiooutput' };
const KEPT: Record<AudioRole, string> = { microphone: 'microphone_id', speaker: 'speaker_id' };
/** Chromium lists the system's choices a second time under these names. */
const ALIASES = ['', 'default', 'communications'];

/** The devices chosen in this browser; an empty id is the system's default. */
export const chosenAudio = createStore<Readonly<Record<AudioRole, string>>>({
  microphone: readPreference(KEPT.microphone) ?? '',
  speaker: readPreference(KEPT.speaker) ?? '',
});

export interface Instead {
  /** As the system calls it. */
  readonly label: string;
  /** The agent has read that it serves. */
  readonly seen: boolean;
}

/** What serves in place of a device that is gone; `null` while nothing has to. */
export const audioInstead = createStore<Readonly<Record<AudioRole, Instead | null>>>({
  microphone: null,
  speaker: null,
});

export function chooseAudio(role: AudioRole, id: string): void {
  writePreference(KEPT[role], id);
  chosenAudio.update((now) => ({ ...now, [role]: id }));
  sayInstead(role, null);
}

export function sayInstead(role: AudioRole, label: string | null): void {
  if (audioInstead.get()[role]?.label === (label ?? undefined)) return;
  audioInstead.update((now) => ({ ...now, [role]: label === null ? null : { label, seen: false } }));
}

/** The agent need not be told again; the device serves on until the chosen one is back. */
export function seeInstead(role: AudioRole): void {
  audioInstead.update((now) => {
    const instead = now[role];
    return instead === null ? now : { ...now, [role]: { ...instead, seen: true } };
  });
}

/** The microphone in use was pulled out. Of a chosen one `openChosenMicrophone` has said what serves in its place. */
export function sayReplaced(label: string): void {
  if (chosenAudio.get().microphone === '') sayInstead('microphone', label);
}

/** What can be chosen, each device once. */
export function devicesOf(all: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[]): AudioDevices {
  const of = (role: AudioRole): AudioDevice[] =>
    all
      .filter(({ kind, deviceId }) => kind === KINDS[role] && !ALIASES.includes(deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphone: of('microphone'), speaker: of('speaker') };
}

export async function listAudio(): Promise<AudioDevices> {
  return canHaveMicrophone() ? devicesOf(await navigator.mediaDevices.enumerateDevices()) : devicesOf([]);
}

/** Calls when a device is plugged in or out. */
export function onAudioChange(listener: () => void): () => void {
  // Pages over plain HTTP have no devices at all.
  if (!canHaveMicrophone()) return () => undefined;
  const { mediaDevices } = navigator;
  mediaDevices.addEventListener('devicechange', listener);
  return () => mediaDevices.removeEventListener('devicechange', listener);
}

/** Opens the chosen microphone, or the default and says so where the chosen one is not plugged in. */
export async function openChosenMicrophone(): Promise<MediaStreamTrack> {
  const processing = readPreference('microphone') !== 'plain';
  const deviceId = chosenAudio.get().microphone;
  if (deviceId !== '') {
    try {
      const track = await openMicrophone({ processing, deviceId });
      sayInstead('microphone', null);
      return track;
    } catch (error) {
      if (!(error instanceof MicrophoneFailure) || error.fault !== 'no_device') throw error;
    }
  }
  const track = await openMicrophone({ processing });
  sayInstead('microphone', deviceId === '' ? null : track.label);
  return track;
}

/** Goes back to the chosen microphone when it is plugged in again, and connects the phone that had none. */
export function followMicrophone(phone: Softphone): () => void {
  const look = async (): Promise<void> => {
    const { microphone } = await listAudio();
    const chosen = chosenAudio.get().microphone;
    const state = phone.state.get();
    if (state.kind === 'failed' && state.why === 'no_device') {
      if (microphone.length > 0) await phone.connect();
    } else if (audioInstead.get().microphone !== null && microphone.some(({ id }) => id === chosen)) {
      await phone.switchMicrophone();
    }
  };
  return onAudioChange(() => void look().catch(() => undefined));
}

/** Whether the browser lets a page choose where it plays. */
export function canChooseSpeaker(): boolean {
  return typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;
}

/** Plays an element on the chosen speaker, on the system's default while that one is gone. */
export function followSpeaker(element: HTMLMediaElement): () => void {
  if (!canChooseSpeaker()) return () => undefined;
  const apply = async (): Promise<void> => {
    const wanted = chosenAudio.get().speaker;
    const { speaker } = await listAudio();
    // Before the microphone is allowed the list says nothing: then the browser itself decides.
    const gone = wanted !== '' && speaker.length > 0 && speaker.every(({ id }) => id !== wanted);
    if (wanted !== chosenAudio.get().speaker) return;
    await element.setSinkId(gone ? '' : wanted);
    sayInstead('speaker', gone ? '' : null);
  };
  const follow = (): void => void apply().catch(() => undefined);
  follow();
  const stops = [chosenAudio.subscribe(follow), onAudioChange(follow)];
  return () => stops.forEach((stop) => stop());
}

import { vi } from 'vitest';
import type { PeerState } from './peer';
import { createSoftphone } from './softphone';

export class FakePeer {
  closed = false;
  readonly sent: unknown[] = [];
  constructor(readonly tell: (state: PeerState) => void) {}
  readonly remote = {} as MediaStream;
  offer = () => Promise.resolve('offer');
  accept = () => Promise.resolve();
  send = (track: MediaStreamTrack | null) => {
    this.sent.push(track === null ? null : track.label);
    return Promise.resolve();
  };
  key = () => true;
  counters = () => Promise.resolve(null);
  close = () => {
    this.closed = true;
  };
}

export interface World {
  hasPhone: boolean | null;
  holder: boolean;
  held: boolean;
  microphone: () => Promise<MediaStreamTrack>;
  attach: () => Promise<{ leg_id: string; sdp: string }>;
}

export function microphone(label: string) {
  const track = { label, enabled: true, readyState: 'live', onended: null as (() => void) | null, stop: vi.fn() };
  return Object.assign(track, { clone: () => ({ ...track }) }) as unknown as MediaStreamTrack;
}

/** A phone with fakes around it. */
export function rig(change: Partial<World> = {}) {
  const track = microphone('voice');
  const world: World = {
    hasPhone: false,
    holder: false,
    held: false,
    microphone: () => Promise.resolve(track),
    attach: () => Promise.resolve({ leg_id: 'leg_1', sdp: 'answer' }),
    ...change,
  };
  const peers: FakePeer[] = [];
  const detached: string[] = [];
  const replaced: string[] = [];
  let taken = (): void => undefined;
  const phone = createSoftphone({
    openPeer: (tell) => {
      const peer = new FakePeer(tell);
      peers.push(peer);
      return peer;
    },
    microphone: () => world.microphone(),
    onMicrophoneReplaced: (label) => replaced.push(label),
    attach: () => world.attach(),
    detach: (leg) => detached.push(leg),
    serverHasPhone: () => world.hasPhone,
    tabs: {
      askForHolder: () => Promise.resolve(world.holder),
      take: () => undefined,
      release: () => undefined,
      heldBeforeReload: () => world.held,
      onTaken: (listener) => {
        taken = listener;
      },
    },
    random: () => 1,
  });
  const last = (): FakePeer => {
    const peer = peers.at(-1);
    if (peer === undefined) throw new Error('no peer');
    return peer;
  };
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const connect = async (): Promise<void> => {
    phone.want(true);
    await settle();
    last().tell('connected');
  };
  return { phone, world, peers, detached, replaced, track, last, settle, connect, takenByTab: () => taken() };
}

import { backoffMs } from '@/lib/backoff';
import { createStore, type Store } from '@/lib/store';
import { MicrophoneFailure } from './microphone';
import { connected, type PhoneFault, PhoneRefused, type PhoneState } from './phone-state';
import type { OpenPeer, Peer, PeerCounters, PeerState } from './peer';
import type { Tabs } from './tabs';

/** ICE may mend a break by itself for this long; then a new leg is faster. */
export const INTERRUPTED_MAX_MS = 2_000;
/** After the server closed our leg: time for the news of a take-over to arrive. */
export const TAKE_OVER_NEWS_MS = 400;
/** How long a phone that was elsewhere must be gone before this tab takes it unasked: a reload there is faster. */
export const ELSEWHERE_GONE_MS = 3_000;
const CONNECT_MAX_MS = 10_000;

export interface SoftphoneDeps {
  readonly openPeer: OpenPeer;
  microphone(): Promise<MediaStreamTrack>;
  /** The microphone was pulled out, and this one serves in its place. */
  onMicrophoneReplaced(label: string): void;
  /** Posts the offer. Throws `PhoneRefused` when trying again is pointless. */
  attach(sdp: string): Promise<{ leg_id: string; sdp: string }>;
  detach(legId: string): void;
  /** What the server says: has this agent a phone? `null` when there is no live word. */
  serverHasPhone(): boolean | null;
  readonly tabs: Tabs;
  readonly random?: () => number;
}

export interface Softphone {
  readonly state: Store<PhoneState>;
  readonly remote: Store<MediaStream | null>;
  /** The agent signed in or out. Attaches unless another tab has the phone. */
  want(on: boolean): void;
  /** Attaches here, whoever has it. Resolves when connected, rejects with the state that stopped it. */
  connect(): Promise<void>;
  /** News from the server about `phone`. */
  serverSays(hasPhone: boolean): void;
  /** Whether our voice flows; an idle leg sends nothing. */
  setVoice(voice: 'idle' | 'open' | 'muted'): void;
  /** Lets our voice flow although there is no call. */
  tryVoice(on: boolean): void;
  /** Speaks into the microphone that is now chosen, without a gap. When it does not open, the one before goes on. */
  switchMicrophone(): Promise<void>;
  /** A copy of what the microphone hears, muted or not; `null` while it is closed. The one who asked stops it. */
  listen(): MediaStreamTrack | null;
  counters(): Promise<PeerCounters | null>;
  /** The page goes away. */
  leave(): void;
}

export function createSoftphone(deps: SoftphoneDeps): Softphone {
  const random = deps.random ?? Math.random;
  const state = createStore<PhoneState>({ kind: 'off' });
  const remote = createStore<MediaStream | null>(null);
  let wanted = false;
  let peer: Peer | null = null;
  let track: MediaStreamTrack | null = null;
  let voice: 'idle' | 'open' | 'muted' = 'idle';
  let trying = false;
  let attempt = 0;
  let turn = 0; // every new try or stop makes older answers stale
  let timer: ReturnType<typeof setTimeout> | undefined;
  let goneTimer: ReturnType<typeof setTimeout> | undefined;
  let connectedAtMs = 0;
  let choice = 0; // of microphones: the last one wins

  const applyVoice = async (): Promise<void> => {
    if (track !== null) track.enabled = voice !== 'muted';
    await peer?.send(voice === 'idle' && !trying ? null : track).catch(() => undefined);
  };

  const dropPeer = (): void => {
    turn += 1;
    clearTimeout(timer);
    peer?.close();
    peer = null;
    remote.set(null);
  };

  const letGo = (one: MediaStreamTrack | null): void => {
    if (one === null) return;
    one.onended = null;
    one.stop();
  };

  const stopMicrophone = (): void => {
    choice += 1;
    letGo(track);
    track = null;
  };

  const goElsewhere = (): void => {
    dropPeer();
    stopMicrophone();
    deps.tabs.release();
    state.set({ kind: 'elsewhere' });
  };

  const fail = (why: PhoneFault): void => {
    dropPeer();
    stopMicrophone();
    state.set({ kind: 'failed', why });
  };

  const again = (): void => {
    dropPeer();
    attempt += 1;
    state.set({ kind: 'reattaching', attempt });
    timer = setTimeout(() => void tryAttach(), attempt === 1 ? 0 : backoffMs(attempt - 2, random(), 400, 8_000));
  };

  const onPeerState = (mine: number, next: PeerState): void => {
    if (mine !== turn) return;
    clearTimeout(timer);
    switch (next) {
      case 'connecting':
        break;
      case 'connected':
        attempt = 0;
        connectedAtMs = Date.now();
        deps.tabs.take();
        if (legId !== null) state.set({ kind: 'connected', legId });
        break;
      case 'interrupted':
        state.set({ kind: 'reattaching', attempt: 0 });
        timer = setTimeout(again, INTERRUPTED_MAX_MS);
        break;
      case 'failed':
        again();
        break;
      case 'closed_by_server':
        state.set({ kind: 'reattaching', attempt: 0 });
        timer = setTimeout(() => (deps.serverHasPhone() === true ? goElsewhere() : again()), TAKE_OVER_NEWS_MS);
        break;
    }
  };

  let legId: string | null = null;

  const isLive = (): boolean => track?.readyState === 'live';

  const openTrack = async (mine: number): Promise<void> => {
    if (isLive()) return;
    const opened = await deps.microphone();
    // Given up, or another one was chosen and opened meanwhile.
    if (mine !== turn || isLive()) return opened.stop();
    adopt(opened);
  };

  const adopt = (opened: MediaStreamTrack): void => {
    track = opened;
    // The headset was pulled out: take what the system offers in its place.
    opened.onended = () => {
      if (track !== opened) return;
      track = null;
      openTrack(turn).then(
        () => {
          void applyVoice();
          if (track !== null) deps.onMicrophoneReplaced(track.label);
        },
        (error: unknown) => fail(error instanceof MicrophoneFailure ? error.fault : 'no_device'),
      );
    };
  };

  const tryAttach = async (): Promise<void> => {
    dropPeer();
    const mine = turn;
    try {
      await openTrack(mine);
      if (mine !== turn) return;
      const opened = deps.openPeer((next) => onPeerState(mine, next));
      peer = opened;
      const answer = await deps.attach(await opened.offer());
      if (mine !== turn) return deps.detach(answer.leg_id);
      legId = answer.leg_id;
      await opened.accept(answer.sdp);
      remote.set(opened.remote);
      void applyVoice();
      timer = setTimeout(again, CONNECT_MAX_MS);
    } catch (error) {
      if (mine !== turn) return;
      if (error instanceof MicrophoneFailure) fail(error.fault);
      else if (error instanceof PhoneRefused) fail('refused');
      else again();
    }
  };

  const forgetGone = (): void => {
    clearTimeout(goneTimer);
    goneTimer = undefined;
  };

  const takeAbandoned = (): void => {
    goneTimer = undefined;
    if (wanted && state.get().kind === 'elsewhere') void attachUnlessElsewhere();
  };

  const attachUnlessElsewhere = async (): Promise<void> => {
    state.set({ kind: 'connecting' });
    const mine = turn;
    const other = await deps.tabs.askForHolder();
    if (mine !== turn || !wanted) return;
    if (other || (deps.serverHasPhone() === true && !deps.tabs.heldBeforeReload())) goElsewhere();
    else void tryAttach();
  };

  deps.tabs.onTaken(() => {
    if (state.get().kind !== 'off') goElsewhere();
  });

  return {
    state,
    remote,
    want: (on) => {
      if (on === wanted) return;
      wanted = on;
      forgetGone();
      if (on) {
        if (state.get().kind === 'off') void attachUnlessElsewhere();
        return;
      }
      const now = state.get();
      dropPeer();
      stopMicrophone();
      deps.tabs.release();
      if (now.kind === 'connected') deps.detach(now.legId);
      attempt = 0;
      state.set({ kind: 'off' });
    },
    connect: () => {
      wanted = true;
      forgetGone();
      attempt = 0;
      const now = state.get().kind;
      if (now !== 'connected' && now !== 'connecting') {
        state.set({ kind: 'connecting' });
        void tryAttach();
      }
      return connected(state);
    },
    serverSays: (hasPhone) => {
      if (hasPhone || !wanted) return forgetGone();
      const now = state.get().kind;
      if (now === 'elsewhere') goneTimer ??= setTimeout(takeAbandoned, ELSEWHERE_GONE_MS);
      // Our leg is gone on the server although nothing was noticed here.
      else if (now === 'connected' && Date.now() - connectedAtMs > ELSEWHERE_GONE_MS) again();
    },
    setVoice: (next) => {
      if (next === voice) return;
      voice = next;
      void applyVoice();
    },
    tryVoice: (on) => {
      trying = on;
      void applyVoice();
    },
    switchMicrophone: async () => {
      if (track === null) return;
      choice += 1;
      const mine = choice;
      const opened = await deps.microphone();
      if (mine !== choice) return opened.stop();
      const before = track;
      adopt(opened);
      await applyVoice();
      letGo(before);
    },
    listen: () => {
      const copy = track?.clone() ?? null;
      if (copy !== null) copy.enabled = true;
      return copy;
    },
    counters: () => peer?.counters() ?? Promise.resolve(null),
    leave: () => {
      dropPeer();
      stopMicrophone();
      wanted = false;
      state.set({ kind: 'off' });
    },
  };
}

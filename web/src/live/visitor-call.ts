import { visitor } from '@/api/visitor';
import { ApiFailure } from '@/api/problem';
import { readPreference } from '@/lib/preferences';
import { createStore, type Store } from '@/lib/store';
import { MicrophoneFailure, type MicrophoneFault, openMicrophone } from './microphone';
import { openPeer, type Peer } from './peer';

export type VisitorFault = MicrophoneFault | 'rate_limited' | 'unavailable' | 'closed' | 'network';

export type VisitorState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'calling' }
  | { readonly kind: 'connected'; readonly sinceMs: number }
  | { readonly kind: 'ended'; readonly lastedMs: number }
  | { readonly kind: 'failed'; readonly why: VisitorFault };

export interface VisitorCaller {
  readonly state: Store<VisitorState>;
  readonly remote: Store<MediaStream | null>;
  call(number: string): Promise<void>;
  key(key: string): void;
  hangUp(): void;
}

/** A break longer than this ends a visitor's call here too. */
const INTERRUPTED_MAX_MS = 12_000;
const CONNECT_MAX_MS = 15_000;

/** One call at a time from a page without a sign-in. */
export function createVisitorCaller(): VisitorCaller {
  const state = createStore<VisitorState>({ kind: 'idle' });
  const remote = createStore<MediaStream | null>(null);
  let peer: Peer | null = null;
  let track: MediaStreamTrack | null = null;
  let callId: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  const clear = (): void => {
    turn += 1;
    clearTimeout(timer);
    peer?.close();
    track?.stop();
    peer = null;
    track = null;
    callId = null;
    remote.set(null);
  };

  const end = (): void => {
    const now = state.get();
    clear();
    if (now.kind === 'connected') state.set({ kind: 'ended', lastedMs: Date.now() - now.sinceMs });
    else if (now.kind === 'calling') state.set({ kind: 'ended', lastedMs: 0 });
  };

  const fail = (why: VisitorFault): void => {
    clear();
    state.set({ kind: 'failed', why });
  };

  const call = async (number: string): Promise<void> => {
    if (state.get().kind === 'calling' || state.get().kind === 'connected') return;
    clear();
    const mine = turn;
    state.set({ kind: 'calling' });
    try {
      const opened = await openMicrophone({ processing: readPreference('microphone') !== 'plain' });
      if (mine !== turn) return opened.stop();
      track = opened;
      const line = openPeer((next) => {
        if (mine !== turn) return;
        clearTimeout(timer);
        if (next === 'connected') {
          if (state.get().kind === 'calling') state.set({ kind: 'connected', sinceMs: Date.now() });
        } else if (next === 'interrupted') timer = setTimeout(end, INTERRUPTED_MAX_MS);
        else if (next !== 'connecting') end();
      });
      peer = line;
      await line.send(opened);
      const answer = await visitor.call(await line.offer(), number === '' ? undefined : number);
      if (mine !== turn) return void visitor.hangUp(answer.call_id).catch(() => undefined);
      callId = answer.call_id;
      remote.set(line.remote);
      await line.accept(answer.sdp);
      timer = setTimeout(() => fail('network'), CONNECT_MAX_MS);
    } catch (error) {
      if (mine === turn) fail(faultOf(error));
    }
  };

  return {
    state,
    remote,
    call,
    key: (key) => void peer?.key(key),
    hangUp: () => {
      const id = callId;
      end();
      if (id !== null) void visitor.hangUp(id).catch(() => undefined);
    },
  };
}

function faultOf(error: unknown): VisitorFault {
  if (error instanceof MicrophoneFailure) return error.fault;
  if (!(error instanceof ApiFailure) || error.code === 'network') return 'network';
  if (error.code === 'rate_limited') return 'rate_limited';
  return error.code === 'not_found' || error.code === 'forbidden' || error.code === 'unauthenticated'
    ? 'closed'
    : 'unavailable';
}

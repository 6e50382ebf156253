import { desk } from '@/api/desk';
import { ApiFailure } from '@/api/problem';
import type { Me, MeState } from '@/api/types';
import { randomHex } from '@/lib/random';
import { createStore, type Store } from '@/lib/store';
import { followMicrophone, openChosenMicrophone, sayReplaced } from './audio-devices';
import { voiceFor } from './can';
import { createServerClock, type ServerClock } from './clock';
import { type Connection, createConnection, type Socket } from './connection';
import type { Update } from './messages';
import { openPeer } from './peer';
import { createRinger } from './ringer';
import { PhoneNotReady, PhoneRefused } from './phone-state';
import { createSoftphone, type Softphone } from './softphone';
import { createTabs } from './tabs';
import { applyUpdate, cursorOf, NO_TOPICS, type Topics } from './topics';

/** Everything live of one signed-in person: the stream, what it says, and the phone. */
export interface LiveSession {
  readonly me: Me;
  readonly clock: ServerClock;
  readonly connection: Connection;
  readonly topics: Store<Topics>;
  readonly phone: Softphone;
  /** Called with every update, after it was applied. */
  onUpdate(listener: (update: Update) => void): () => void;
  /** Signed out → signed in, phone connected, ready. */
  goReady(): Promise<void>;
  stop(): void;
}

/** How long after the phone connected the floor may take to say so. */
const PHONE_NEWS_MAX_MS = 5_000;

export interface LiveOptions {
  readonly desk: boolean;
  readonly tasks: boolean;
  onTryFailed(attempt: number): void;
}

export function startLive(me: Me, options: LiveOptions): LiveSession {
  const clock = createServerClock();
  clock.observe(me.server_at_us);
  const topics = createStore<Topics>(NO_TOPICS);
  const listeners = new Set<(update: Update) => void>();
  const meState = (): MeState | null => topics.get().me?.state ?? null;
  /** The agent works with a SIP phone: this page needs no microphone and does not ring. */
  const byTelephone = (): boolean => meState()?.agent.telephone != null;

  const connection = createConnection({
    open: () => new WebSocket(liveUrl()) as Socket,
    clock,
    cursor: (topic) => cursorOf(topics.get(), topic),
    onUpdate: (update, generation) => {
      topics.update((now) => applyUpdate(now, update, generation));
      for (const listener of [...listeners]) listener(update);
    },
    onTryFailed: options.onTryFailed,
  });

  const tabs = createTabs(me.user.agent_id, randomHex());
  const phone = createSoftphone({
    openPeer,
    microphone: openChosenMicrophone,
    onMicrophoneReplaced: sayReplaced,
    attach: async (sdp) => {
      try {
        return await desk.attachPhone(sdp);
      } catch (error) {
        const pointless =
          error instanceof ApiFailure && ['bad_sdp', 'forbidden', 'unauthenticated'].includes(error.code);
        throw pointless ? new PhoneRefused(error.code) : error;
      }
    },
    detach: (legId) => void desk.detachPhone(legId).catch(() => undefined),
    serverHasPhone: () =>
      connection.status.get().kind === 'open' && !byTelephone() ? (meState()?.agent.phone ?? null) : null,
    tabs,
  });

  const ringer = createRinger();
  const follow = (): void => {
    const state = meState();
    if (state === null) return;
    phone.want(state.agent.presence !== 'signed_out' && !byTelephone());
    if (!byTelephone()) phone.serverSays(state.agent.phone);
    phone.setVoice(voiceFor(state));
    // The tab without the phone stays silent; the one with it rings.
    if (state.offers.length > 0 && phone.state.get().kind !== 'elsewhere' && !byTelephone()) ringer.start();
    else ringer.stop();
  };
  const stops: (() => void)[] = [];
  if (options.desk) {
    stops.push(topics.subscribe(follow), connection.want('me'), watchPage(phone, connection, follow));
    stops.push(followMicrophone(phone));
  }
  if (options.tasks) stops.push(connection.want('tasks'));
  connection.start();
  // After a reload the phone does not wait for the stream; should the agent have been signed out meanwhile, it lets go again.
  if (options.desk && tabs.heldBeforeReload()) phone.want(true);

  return {
    me,
    clock,
    connection,
    topics,
    phone,
    onUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    goReady: async () => {
      if (meState()?.agent.presence === 'signed_out') await desk.setState('signed_in');
      // A phone in another tab serves as well; this tab does not take it unasked.
      if (phone.state.get().kind !== 'elsewhere' && !byTelephone()) await phone.connect().catch(unlessElsewhere);
      await until(topics, () => meState()?.agent.phone === true, PHONE_NEWS_MAX_MS);
      await desk.setState('ready');
    },
    stop: () => {
      for (const stop of stops) stop();
      ringer.stop();
      phone.leave();
      connection.stop();
    },
  };
}

function unlessElsewhere(error: unknown): void {
  if (!(error instanceof PhoneNotReady) || error.state.kind !== 'elsewhere') throw error;
}

/** Closing the page closes the leg, so that the server need not wait for it; a page brought back attaches again. */
function watchPage(phone: Softphone, connection: Connection, follow: () => void): () => void {
  const hide = (): void => phone.leave();
  const show = (event: PageTransitionEvent): void => {
    if (event.persisted) follow();
  };
  const online = (): void => connection.retryNow();
  window.addEventListener('pagehide', hide);
  window.addEventListener('pageshow', show);
  window.addEventListener('online', online);
  return () => {
    window.removeEventListener('pagehide', hide);
    window.removeEventListener('pageshow', show);
    window.removeEventListener('online', online);
  };
}

/** Waits for the store to say so; after `maxMs` the server's own answer will tell. */
function until<T>(store: Store<T>, test: () => boolean, maxMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (test()) return resolve();
    const done = (): void => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const stop = store.subscribe(() => {
      if (test()) done();
    });
    const timer = setTimeout(done, maxMs);
  });
}

function liveUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`;
}

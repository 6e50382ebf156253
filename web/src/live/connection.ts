import { backoffMs } from '@/lib/backoff';
import { createStore, type Store } from '@/lib/store';
import type { ServerClock } from './clock';
import { type ClientMessage, readMessage, type Topic, type Update } from './messages';

/** How often the line is tried; a dead one is noticed after `SILENCE_MAX_MS`. */
export const PING_EVERY_MS = 8_000;
export const SILENCE_MAX_MS = 20_000;

export type ConnectionStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly attempt: number; readonly lostAtMs: number | null }
  | { readonly kind: 'open' }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly lostAtMs: number; readonly retryAtMs: number };

/** The part of a WebSocket that is used, so that tests and the mock can stand in for it. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface ConnectionDeps {
  open(): Socket;
  readonly clock: ServerClock;
  /** Where the stream of a topic stands, to resume after a break. */
  cursor(topic: Topic): string | null;
  onUpdate(update: Update, generation: number): void;
  onError?(code: string, topic: string | undefined): void;
  /** Told after each failed try, so that somebody can ask whether the session is still good. */
  onTryFailed?(attempt: number): void;
  readonly random?: () => number;
  readonly nowMs?: () => number;
}

export interface Connection {
  readonly status: Store<ConnectionStatus>;
  start(): void;
  stop(): void;
  /** Subscribes while at least one caller wants the topic; returns the release. */
  want(topic: Topic): () => void;
  /** Tries again at once when waiting. */
  retryNow(): void;
}

/** One live stream: subscribes, pings, reconnects with jitter and resumes each topic from its last cursor. */
export function createConnection(deps: ConnectionDeps): Connection {
  const random = deps.random ?? Math.random;
  const nowMs = deps.nowMs ?? Date.now;
  const status = createStore<ConnectionStatus>({ kind: 'idle' });
  const wanted = new Map<Topic, number>();
  let socket: Socket | null = null;
  let generation = 0;
  let attempt = 0;
  let lostAtMs: number | null = null;
  let heardAtMs = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let pingTimer: ReturnType<typeof setInterval> | undefined;

  const send = (message: ClientMessage): void => socket?.send(JSON.stringify(message));

  const subscribe = (topic: Topic): void => send({ op: 'subscribe', topics: [topic], cursor: deps.cursor(topic) });

  const onOpen = (): void => {
    attempt = 0;
    lostAtMs = null;
    heardAtMs = nowMs();
    deps.clock.reset();
    status.set({ kind: 'open' });
    for (const topic of wanted.keys()) subscribe(topic);
    send({ op: 'ping' });
    pingTimer = setInterval(() => {
      if (nowMs() - heardAtMs > SILENCE_MAX_MS) drop();
      else send({ op: 'ping' });
    }, PING_EVERY_MS);
  };

  const onMessage = (data: unknown): void => {
    heardAtMs = nowMs();
    const message = readMessage(data);
    if (message === null) return;
    switch (message.type) {
      case 'update':
        deps.onUpdate(message, generation);
        break;
      case 'pong':
        deps.clock.observe(message.at_us);
        break;
      case 'error':
        deps.onError?.(message.code, message.topic);
        break;
    }
  };

  const detach = (): void => {
    clearInterval(pingTimer);
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      socket = null;
    }
  };

  const drop = (): void => {
    detach();
    lostAtMs ??= nowMs();
    const delay = backoffMs(attempt, random());
    attempt += 1;
    status.set({ kind: 'waiting', attempt, lostAtMs, retryAtMs: nowMs() + delay });
    deps.onTryFailed?.(attempt);
    // The listener above may have stopped us.
    if (status.get().kind === 'waiting') retryTimer = setTimeout(connect, delay);
  };

  const connect = (): void => {
    clearTimeout(retryTimer);
    detach();
    generation += 1;
    status.set({ kind: 'connecting', attempt, lostAtMs });
    const opened = deps.open();
    socket = opened;
    opened.onopen = onOpen;
    opened.onmessage = (event) => onMessage(event.data);
    opened.onclose = drop;
  };

  return {
    status,
    start: () => {
      if (status.get().kind === 'idle') connect();
    },
    stop: () => {
      clearTimeout(retryTimer);
      detach();
      attempt = 0;
      lostAtMs = null;
      status.set({ kind: 'idle' });
    },
    want: (topic) => {
      const users = wanted.get(topic) ?? 0;
      wanted.set(topic, users + 1);
      if (users === 0 && status.get().kind === 'open') subscribe(topic);
      let released = false;
      return () => {
        if (released) return;
        released = true;
        const left = (wanted.get(topic) ?? 1) - 1;
        if (left > 0) wanted.set(topic, left);
        else {
          wanted.delete(topic);
          if (status.get().kind === 'open') send({ op: 'unsubscribe', topics: [topic] });
        }
      };
    },
    retryNow: () => {
      if (status.get().kind === 'waiting') connect();
    },
  };
}

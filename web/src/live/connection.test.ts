import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServerClock } from './clock';
import { createConnection, PING_EVERY_MS, SILENCE_MAX_MS, type Socket } from './connection';
import type { Topic, Update } from './messages';

class Line implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: unknown[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  say(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function rig() {
  const lines: Line[] = [];
  const cursors = new Map<Topic, string>();
  const updates: [Update, number][] = [];
  const failed: number[] = [];
  const connection = createConnection({
    open: () => {
      const line = new Line();
      lines.push(line);
      return line;
    },
    clock: createServerClock(),
    cursor: (topic) => cursors.get(topic) ?? null,
    onUpdate: (update, generation) => {
      cursors.set(update.topic, update.cursor);
      updates.push([update, generation]);
    },
    onTryFailed: (attempt) => failed.push(attempt),
    random: () => 1,
  });
  const last = (): Line => {
    const line = lines.at(-1);
    if (line === undefined) throw new Error('no line');
    return line;
  };
  return { connection, lines, updates, failed, last };
}

const update = (topic: Topic, cursor: string) => ({ type: 'update', topic, cursor, at_us: 1, events: [], state: {} });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('connection', () => {
  it('subscribes what is wanted, before and after opening, once', () => {
    const { connection, last } = rig();
    const release = connection.want('me');
    connection.want('me');
    connection.start();
    last().onopen?.();
    connection.want('floor')();
    expect(last().sent).toEqual([
      { op: 'subscribe', topics: ['me'], cursor: null },
      { op: 'ping' },
      { op: 'subscribe', topics: ['floor'], cursor: null },
      { op: 'unsubscribe', topics: ['floor'] },
    ]);
    release();
    release();
    expect(last().sent).toHaveLength(4);
  });

  it('resumes each topic from its own cursor after a break', () => {
    const { connection, lines, last, updates } = rig();
    connection.want('me');
    connection.want('floor');
    connection.start();
    last().onopen?.();
    last().say(update('me', 'm7'));
    last().onclose?.();
    expect(connection.status.get()).toMatchObject({ kind: 'waiting', attempt: 1 });
    vi.advanceTimersByTime(500);
    last().onopen?.();
    expect(lines).toHaveLength(2);
    expect(last().sent.slice(0, 2)).toEqual([
      { op: 'subscribe', topics: ['me'], cursor: 'm7' },
      { op: 'subscribe', topics: ['floor'], cursor: null },
    ]);
    last().say(update('me', 'm8'));
    expect(updates.map(([, generation]) => generation)).toEqual([1, 2]);
  });

  it('waits longer after every failure and says so', () => {
    const { connection, lines, last, failed } = rig();
    connection.start();
    const delays = [500, 1000, 2000, 4000, 8000, 10_000, 10_000];
    delays.forEach((delay, index) => {
      last().onclose?.();
      vi.advanceTimersByTime(delay - 1);
      expect(lines).toHaveLength(index + 1);
      vi.advanceTimersByTime(1);
      expect(lines).toHaveLength(index + 2);
    });
    expect(failed).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('notices a line that went silent', () => {
    const { connection, last } = rig();
    connection.start();
    last().onopen?.();
    const first = last();
    vi.advanceTimersByTime(SILENCE_MAX_MS + PING_EVERY_MS);
    expect(first.closed).toBe(true);
  });

  it('keeps a line that answers its pings', () => {
    const { connection, lines, last } = rig();
    connection.start();
    last().onopen?.();
    for (let n = 0; n < 10; n += 1) {
      vi.advanceTimersByTime(PING_EVERY_MS);
      last().say({ type: 'pong', at_us: 1 });
    }
    expect(lines).toHaveLength(1);
    expect(connection.status.get().kind).toBe('open');
  });

  it('retries at once when asked, and not at all when stopped', () => {
    const { connection, lines, last } = rig();
    connection.start();
    last().onclose?.();
    connection.retryNow();
    expect(lines).toHaveLength(2);
    last().onclose?.();
    connection.stop();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(2);
    expect(connection.status.get()).toEqual({ kind: 'idle' });
  });

  it('does not stumble over what is no message of ours', () => {
    const { connection, last, updates } = rig();
    connection.start();
    last().onopen?.();
    for (const data of ['', '{', 'null', '[]', '{"type":"surprise"}', 7]) last().onmessage?.({ data });
    expect(updates).toEqual([]);
  });
});

import type { ClientMessage, Topic } from '@/live/messages';
import { floorOf } from './floor';
import { tasksState } from './tasks';
import { nowUs, type World } from './world';

let cursor = 0;
const NEXT_AFTER_MS = 500;

/** A WebSocket that is the server. */
export function fakeSocket(world: World): typeof WebSocket {
  class FakeSocket {
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    private readonly topics = new Set<Topic>();
    private readonly timer: ReturnType<typeof setInterval>;
    private readonly before: () => void;

    constructor() {
      const cut = world.scenario === 'disconnected';
      setTimeout(() => this.onopen?.(), 30);
      if (cut) setTimeout(() => this.onclose?.(), cursor === 0 ? 1_200 : 10);
      this.before = world.changed;
      world.changed = () => {
        this.push('me');
        this.push('tasks');
      };
      this.timer = setInterval(() => this.push('floor'), 1_000);
    }

    send(text: string): void {
      const message = JSON.parse(text) as ClientMessage;
      if (message.op === 'ping') this.say({ type: 'pong', at_us: nowUs() });
      if (message.op === 'unsubscribe') message.topics.forEach((topic) => this.topics.delete(topic));
      if (message.op === 'subscribe')
        message.topics.forEach((topic) => {
          this.topics.add(topic);
          this.push(topic);
          if (topic === 'me' && world.next !== undefined) setTimeout(world.next, NEXT_AFTER_MS);
        });
    }

    close(): void {
      clearInterval(this.timer);
      world.changed = this.before;
    }

    private push(topic: Topic): void {
      if (!this.topics.has(topic)) return;
      cursor += 1;
      const state = topic === 'me' ? world.state : topic === 'tasks' ? tasksState(world) : floorOf(world);
      this.say({ type: 'update', topic, cursor: String(cursor), at_us: nowUs(), events: [], state });
    }

    private say(message: unknown): void {
      const data = JSON.stringify(message);
      setTimeout(() => this.onmessage?.({ data }), 5);
    }
  }
  return FakeSocket as unknown as typeof WebSocket;
}

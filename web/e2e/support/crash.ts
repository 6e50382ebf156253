import { expect } from 'vitest';

import type { Desk } from './desk';
import type { Call, Phone } from './phone';
import { Server } from './server';
import { endedConversationFrom, expectSound, kinds } from './story';
import { until } from './until';

/** A place at which the server can be killed, as it names them itself. */
export interface KillPoint {
  name: string;
  when: 'first_start' | 'first_call' | 'start' | 'work' | 'stop';
}

const STEP_MS_MAX = 15_000;
/** The slowest place in the work is passed once in two seconds. */
const KILL_MS_MAX = 40_000;
/** From the start until a page that nobody touches is at work again. */
const BACK_MS_MAX = 25_000;
const PASSES_MAX = 3;
const NOTICED_MS_MAX = 1_000;
const WAITING_MAX = 100;

class Died extends Error {}

/** A centre that is killed again and again, one desk that nobody touches, and a list of what people were told is done. */
export class CrashTest {
  private caller = 0;
  private answered: string[] = [];
  private customers: string[] = [];
  /** The last setting that was asked for, and the last that was told done. */
  private setting = { asked: 0, told: 0 };
  private calls: Call[] = [];

  constructor(
    private server: Server,
    private phone: Phone,
    private desk: Desk | undefined,
  ) {}

  static async points(server: Server): Promise<KillPoint[]> {
    return (await server.api<{ points: KillPoint[] }>('GET', '/api/v1/test/kill-points')).points;
  }

  /** Kills the server at a place and judges what is left. */
  async killAt(point: KillPoint, seed: number) {
    const passes =
      point.when === 'work' || point.when === 'first_start' ? (seed * 7 + point.name.length) % PASSES_MAX : 0;
    if (point.when === 'first_start' || point.when === 'first_call') return this.killNewborn(point, passes);
    if (point.when === 'work') {
      await this.arm(point, passes);
      await this.workUntilKilled();
    } else {
      await this.somebodyWaits();
      await (point.when === 'start' ? this.killAtStart(point) : this.killAtStop(point));
    }
    await this.server.run();
    await this.judge();
  }

  private async killAtStart(point: KillPoint) {
    await this.server.end('SIGKILL');
    await this.server.run({ place: point.name, passes: 0 });
  }

  private async killAtStop(point: KillPoint) {
    await this.arm(point, 0);
    await this.server.end('SIGTERM');
    await this.server.killed(NOTICED_MS_MAX);
  }

  /** On a directory of its own, before there is a desk. */
  private async killNewborn(point: KillPoint, passes: number) {
    const server = await Server.stopped();
    const test = new CrashTest(server, this.phone, undefined);
    if (point.when === 'first_start') {
      await server.run({ place: point.name, passes });
    } else {
      await server.run();
      await test.arm(point, passes);
      await test.workUntilKilled();
    }
    await server.run();
    await test.judge();
    await server.stop();
  }

  private arm(point: KillPoint, passes: number): Promise<unknown> {
    return this.server.api('POST', '/api/v1/test/faults', { kill_at: point.name, kill_after: passes });
  }

  private async workUntilKilled() {
    const end = Date.now() + KILL_MS_MAX;
    try {
      while (Date.now() < end) await this.round();
    } catch (error) {
      // A request that is cut off is heard of before the end of the process.
      const died = await this.server.killed(NOTICED_MS_MAX).then(
        () => true,
        () => false,
      );
      if (!died) throw error;
    }
    await this.server.killed(NOTICED_MS_MAX);
  }

  /** Waits for something as long as the server lives. */
  private step(what: string, check: () => Promise<boolean> | boolean): Promise<void> {
    return until(what, STEP_MS_MAX, async () => {
      if (this.server.isGone) throw new Died();
      return check();
    });
  }

  private async call(): Promise<{ call: Call; from: string }> {
    this.caller += 1;
    const from = `136${String(30_000_000 + this.caller)}`;
    const call = this.phone.call(this.server.uri(this.server.hotline), from);
    this.calls.push(call);
    await this.step(`${from} is answered`, () => {
      if (call.events('ended').length > 0) throw new Error(`${from} was refused`);
      return call.events('answered').length > 0;
    });
    this.answered.push(from);
    return { call, from };
  }

  private async somebodyWaits() {
    const { call } = await this.call();
    await call.press('1');
    await this.desk?.id('offer-card').waitFor();
  }

  private async queue(): Promise<{ id: string; version: number; waiting_max?: number }> {
    const { items } = await this.server.api<{ items: { id: string; version: number; waiting_max?: number }[] }>(
      'GET',
      '/api/v1/queues',
    );
    return items[0]!;
  }

  /** A limit nobody comes near, always another. */
  private async changeSetting() {
    const { id, version } = await this.queue();
    this.setting.asked += 1;
    await this.server.api('PATCH', `/api/v1/queues/${id}`, { version, waiting_max: WAITING_MAX + this.setting.asked });
    this.setting.told = this.setting.asked;
  }

  /** A setting is changed, a customer is written down, one caller gives up, another is served. */
  private async round(): Promise<string> {
    await this.changeSetting();
    const draft = { name: `客户 ${this.caller}`, level: 'standard', numbers: [] };
    const { id } = await this.server.api<{ id: string }>('POST', '/api/v1/customers', draft);
    this.customers.push(id);
    const { call, from } = await this.call();
    await call.press('1');
    const other = await this.call();
    other.call.bye();
    if (this.desk) await this.serve(this.desk, call);
    else call.bye();
    return from;
  }

  private async serve(desk: Desk, call: Call) {
    const state = () =>
      desk
        .id('agent-state')
        .first()
        .getAttribute('data-state', { timeout: 500 })
        .catch(() => null);
    const press = async (button: string, until: string) => {
      await this.step(`${button} leads to ${until}`, async () => {
        if ((await state()) === until) return true;
        await desk
          .id(button)
          .first()
          .click({ timeout: 250 })
          .catch(() => undefined);
        return (await state()) === until;
      });
    };
    await press('offer-accept', 'talking');
    call.bye();
    await this.step('the agent wraps up', async () => (await state()) === 'wrap_up');
    await press('wrap-up-finish', 'ready');
  }

  /** A call that was being set up when the server died goes on with the next one, because telephones repeat themselves. */
  private async hangUpAll() {
    const calls = this.calls.splice(0).filter((call) => call.events('ended').length === 0);
    const cancelled = new Set<Call>();
    const hungUp = new Set<Call>();
    await until('every conversation is over', STEP_MS_MAX, async () => {
      for (const call of calls) {
        const [done, act] =
          call.events('answered').length > 0 ? [hungUp, 'bye' as const] : [cancelled, 'cancel' as const];
        if (!done.has(call)) call[act]();
        done.add(call);
      }
      const { items } = await this.server.api<{ items: { state: string }[] }>('GET', '/api/v1/conversations?limit=50');
      return items.every((item) => item.state === 'ended');
    });
  }

  /** Each recording that was begun is sealed, or its end is known; none is left open by the kill. */
  private async expectRecordingsEnded(conversation: string) {
    await until('every recording has its end in the books', STEP_MS_MAX, async () => {
      const path = `/api/v1/conversations/${conversation}/recordings`;
      const { items } = await this.server.api<{ items: { state: string }[] }>('GET', path);
      return items.every(({ state }) => state !== 'live');
    });
  }

  /** Nothing that was told is lost, every conversation has one end, and work goes on although nobody touched the desk. */
  private async judge() {
    await this.hangUpAll();
    await this.desk?.inState('ready', BACK_MS_MAX);
    for (const from of this.answered.splice(0)) {
      const conversation = await endedConversationFrom(this.server, from);
      expectSound(conversation);
      expect(kinds(conversation)).toContain('leg_joined');
      await this.expectRecordingsEnded(conversation.id);
    }
    for (const id of this.customers.splice(0)) await this.server.api('GET', `/api/v1/customers/${id}`);
    if (this.setting.told > 0) {
      const kept = (await this.queue()).waiting_max ?? 0;
      // What was asked for last may have been done although nobody was told.
      expect([this.setting.told, this.setting.asked]).toContain(kept - WAITING_MAX);
    }
    expect(await this.server.verify()).toContain('nothing was altered');
    const after = await this.round();
    expectSound(await endedConversationFrom(this.server, after));
    this.answered = [];
    this.customers = [];
  }
}

import { CUSTOMER_HZ } from '../handover';
import type { Call, Phone } from '../phone';
import type { Server } from '../server';
import { pass, until } from '../until';
import { type Action, ACTIONS, type Talk } from './actions';
import { ended, expectTold, expectWhole, transfersOf } from './judge';
import { answersAfter, type Seat } from './seat';

const SEALED_MS_MAX = 15_000;
/** What is not begun so long before the end is not begun. */
const LAST_MS = 25_000;
const FROM = 13_900_000_000;

/** What came of everything people did. */
export interface MixReport {
  calls: number;
  calls_failed: number;
  phones_rung: number;
  actions: Record<string, number>;
  transfers: Record<string, number>;
  recordings_whole: number;
  recording_differs_ms_max: number;
  received: number;
  lost: number;
  gap_ms_max: number;
  /** From the call, or from what was asked for, until a phone has answered; each takes up to 25 ms to be noticed. */
  rings_ms: { p50: number; p99: number; max: number };
  failures: string[];
}

/** People who come, are handed on and go while twenty others talk: one after another, in an order that the seed chooses. */
export class Mix {
  readonly report: MixReport = {
    calls: 0,
    calls_failed: 0,
    phones_rung: 0,
    actions: {},
    transfers: {},
    recordings_whole: 0,
    recording_differs_ms_max: 0,
    received: 0,
    lost: 0,
    gap_ms_max: 0,
    rings_ms: { p50: 0, p99: 0, max: 0 },
    failures: [],
  };
  private ends: Call[] = [];
  private rang: number[] = [];

  constructor(
    private readonly server: Server,
    private readonly callers: Phone,
    private readonly number: string,
    readonly queue: string,
    readonly seats: Seat[],
    readonly supervisor: Seat,
    readonly outside: { phone: Phone; number: string; hz: number },
    private readonly everyMs: number,
    private readonly random: () => number,
  ) {}

  /** How long people talk before and after what is done. */
  get talkMs(): number {
    return this.everyMs / 5;
  }

  /** Does one thing every `everyMs` until shortly before `endMs`; every kind comes once before one comes again. */
  async run(endMs: number) {
    let bag: Action[] = [];
    for (let due = Date.now(); due < endMs - LAST_MS; due = Math.max(due + this.everyMs, Date.now())) {
      await pass(Math.max(0, due - Date.now()));
      if (bag.length === 0) bag = this.shuffled(Object.keys(ACTIONS) as Action[]);
      const action = bag.pop()!;
      await this.once(action).catch(async (error: unknown) => {
        this.report.failures.push(`${new Date().toISOString()} ${action}: ${String(error)}`);
        await this.recover();
      });
    }
    const sorted = this.rang.toSorted((a, b) => a - b);
    const at = (percent: number) => sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0;
    this.report.rings_ms = { p50: at(50), p99: at(99), max: at(100) };
  }

  /** Waits until one of the phones has answered after `act`. */
  async rings<T extends { phone: Phone }>(phones: T[], act: () => Promise<unknown> | void) {
    this.report.phones_rung += 1;
    const begun = Date.now();
    const answered = await answersAfter(phones, act);
    this.rang.push(Date.now() - begun);
    this.ends.push(answered.call);
    return answered;
  }

  /** A colleague, another one each time. */
  other(than: Seat): Seat {
    const others = this.seats.filter((seat) => seat !== than);
    return others[Math.floor(this.random() * others.length)]!;
  }

  private async once(action: Action) {
    for (const seat of [...this.seats, this.supervisor]) await seat.isReady();
    const talk = await this.arrives();
    const wanted = await ACTIONS[action](this, talk);
    const [caller] = this.ends;
    if (caller!.events('ended').length === 0) caller!.bye();
    await this.letGo();
    const conversation = await ended(this.server, talk.conversation);
    expectTold(conversation, wanted);
    const differs = await expectWhole(this.server, conversation, SEALED_MS_MAX);
    this.report.recordings_whole += 1;
    this.report.recording_differs_ms_max = Math.max(this.report.recording_differs_ms_max, differs);
    this.report.actions[action] = (this.report.actions[action] ?? 0) + 1;
    for (const [kind, end] of transfersOf(conversation)) {
      this.report.transfers[`${kind} ${end}`] = (this.report.transfers[`${kind} ${end}`] ?? 0) + 1;
    }
  }

  /** A customer calls, waits and has an agent; both hear each other. */
  private async arrives(): Promise<Talk> {
    this.report.calls += 1;
    try {
      const { who: seat, call: at } = await this.rings(this.seats, async () => {
        const from = String(FROM + this.report.calls);
        const call = this.callers.call(this.server.uri(this.number), from, { tone_hz: CUSTOMER_HZ });
        this.ends.push(call);
        await call.wait('answered');
      });
      const call = this.ends[0]!;
      await at.hearsClearly(CUSTOMER_HZ);
      await call.hearsClearly(seat.hz);
      const { id, conversation } = await seat.handling();
      return { call, seat, at, handling: id, conversation };
    } catch (error) {
      this.report.calls_failed += 1;
      throw error;
    }
  }

  /** Every end is over; what each received and missed is counted. */
  private async letGo() {
    const ends = this.ends.splice(0);
    await until('every end has hung up', 10_000, () => ends.every((call) => call.events('ended').length > 0));
    for (const call of ends) {
      const heard = await call.stats();
      this.report.received += Number(heard.received);
      this.report.lost += Number(heard.lost);
      this.report.gap_ms_max = Math.max(this.report.gap_ms_max, Number(heard.gap_ms_max));
      call.forget();
    }
  }

  /** After a failure everybody begins anew, so that the next is judged by itself. */
  private async recover() {
    for (const call of this.ends.splice(0)) if (call.events('ended').length === 0) call.bye();
    await pass(2_000);
    await this.supervisor.post('me/stop-supervising').catch(() => undefined);
    for (const seat of [...this.seats, this.supervisor]) await seat.recover();
  }

  private shuffled<T>(items: T[]): T[] {
    for (let n = items.length - 1; n > 0; n--) {
      const other = Math.floor(this.random() * (n + 1));
      [items[n], items[other]] = [items[other]!, items[n]!];
    }
    return items;
  }
}

/** A small generator (mulberry32): the same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

import { binary, type Server } from './server';
import { until } from './until';

const SNR_DB_MIN = 20;
/** A tone that is there at all, as quiet as a browser's beside a telephone's. */
const THERE_DBOV = -35;
/** Of two tones that are mixed, each is as loud as the other. */
export const MIXED_SNR_DB = -6;

export interface PhoneEvent {
  event: string;
  id?: number;
  at_ms: number;
  [field: string]: unknown;
}

export interface Heard extends PhoneEvent {
  dominant_hz: number;
  level_dbov: number;
  tone_dbov: number;
  snr_db: number;
  silent_ms: number;
  packets: number;
}

interface Login {
  username: string;
  password: string;
}

/** Where phones find SIP over TLS, and who vouches for it. */
export interface TlsDoor {
  port: number;
  ca: string;
}

/** A telephone on a trunk: a program of its own that shares no code with the server. */
export class Phone {
  private events: PhoneEvent[] = [];
  private nextId = 1;

  private constructor(private child: ChildProcessWithoutNullStreams) {
    createInterface({ input: child.stdout }).on('line', (line) => this.events.push(JSON.parse(line) as PhoneEvent));
    child.stderr.pipe(process.stderr);
  }

  /** With `answerHz`, calls that come in are answered at once and hear that tone; at 127.0.0.1 unless said otherwise. */
  static start(answerHz?: number, address?: string): Promise<Phone> {
    const tone = answerHz === undefined ? [] : ['--answer-tone-hz', String(answerHz)];
    return Phone.run(address === undefined ? tone : [...tone, '--bind', `${address}:0`]);
  }

  /** A second carrier, at an address of its own. */
  static at(host: string): Promise<Phone> {
    return Phone.run(['--bind', `${host}:0`]);
  }

  /** One of the example's SIP phones, at an address that is no trunk's; calls that come in ring until they are answered. */
  static async register(server: Server, username: string, host = '127.0.0.2'): Promise<Phone> {
    const phone = await Phone.plugIn(
      server,
      server.manifest.sip_devices.find((one) => one.username === username)!,
      host,
    );
    phone.send({ op: 'incoming', mode: 'ring' });
    return phone;
  }

  /** Any SIP phone of the centre; calls that come in are refused until it is told otherwise. With a door, signalling and sound are encrypted. */
  static async plugIn(server: Server, login: Login, host: string, door?: TlsDoor): Promise<Phone> {
    const phone = await Phone.run(['--bind', `${host}:0`]);
    phone.askToRegister(server, login, door);
    await until('the telephone is registered', 10_000, () => {
      return phone.events.some((e) => e.event === 'ok' && e.op === 'register');
    });
    return phone;
  }

  /** The same phone where it may not be: what its registration is answered with. */
  static async refused(server: Server, username: string, host: string): Promise<string> {
    const phone = await Phone.run(['--bind', `${host}:0`]);
    phone.askToRegister(
      server,
      server.manifest.sip_devices.find((one) => one.username === username)!,
    );
    const refusal = () => phone.events.find((e) => e.event === 'error' && e.op === 'register');
    try {
      await until('the telephone is refused', 10_000, () => refusal() !== undefined);
      return String(refusal()!.error);
    } finally {
      await phone.stop();
    }
  }

  private askToRegister(server: Server, { username, password }: Login, door?: TlsDoor) {
    const registrar = server.manifest.sip_uri.replace('sip:', '');
    const secure = door && { registrar: `127.0.0.1:${String(door.port)}`, transport: 'tls', tls_ca: door.ca };
    this.send({ op: 'register', registrar, username, password, ...secure });
  }

  private static async run(options: string[]): Promise<Phone> {
    const phone = new Phone(spawn(binary('testphone'), ['run', ...options]));
    await until('the telephone is ready', 10_000, () => phone.events.some((e) => e.event === 'ready'));
    return phone;
  }

  /** Where it takes calls. */
  get address(): string {
    return String(this.events.find((e) => e.event === 'ready')!.sip);
  }

  /** The `nth` call that came in. */
  async incoming(nth = 1): Promise<Call> {
    await until('a call comes in', 15_000, () => this.events.filter((e) => e.event === 'incoming').length >= nth);
    return new Call(this, this.events.filter((e) => e.event === 'incoming')[nth - 1]!.id!);
  }

  /** Calls that came in so far. */
  incomingCount(): number {
    return this.events.filter((e) => e.event === 'incoming').length;
  }

  /** Begins a call; does not wait for the answer. */
  call(to: string, from: string, options: Record<string, unknown> = {}): Call {
    const id = this.nextId++;
    this.send({ op: 'call', id, to, from, ...options });
    return new Call(this, id);
  }

  send(op: Record<string, unknown>) {
    this.child.stdin.write(`${JSON.stringify(op)}\n`);
  }

  of(id: number, event: string): PhoneEvent[] {
    return this.events.filter((e) => e.id === id && e.event === event);
  }

  /** Unplugs it; one that is gone already is gone. */
  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise<void>((done) => this.child.once('exit', () => done()));
    this.send({ op: 'quit' });
    await gone;
  }
}

export class Call {
  constructor(
    private phone: Phone,
    readonly id: number,
  ) {}

  private async ask<T extends PhoneEvent>(op: Record<string, unknown>, event: string, limitMs = 10_000): Promise<T> {
    const before = this.events(event).length;
    this.phone.send({ ...op, id: this.id });
    await until(`${event} of call ${this.id}`, limitMs, () => {
      const error = this.events('error').at(-1);
      if (error) throw new Error(`the telephone refused: ${JSON.stringify(error)}`);
      return this.events(event).length > before;
    });
    return this.events(event).at(-1) as T;
  }

  events(event: string): PhoneEvent[] {
    return this.phone.of(this.id, event);
  }

  async wait(event: string, limitMs = 15_000): Promise<PhoneEvent> {
    await until(`${event} of call ${this.id}`, limitMs, () => this.events(event).length > 0);
    return this.events(event)[0]!;
  }

  /** What was received in the last `windowMs`. */
  listen(hz?: number, windowMs = 1_000): Promise<Heard> {
    return this.ask<Heard>({ op: 'listen', window_ms: windowMs, ...(hz === undefined ? {} : { hz }) }, 'heard');
  }

  /** Waits until `hz` stands out by 20 dB over a window of `windowMs`. */
  async hearsClearly(hz: number, windowMs = 400) {
    await until(`${hz} Hz is heard clearly at the telephone`, 10_000, async () => {
      return (await this.listen(hz, windowMs)).snr_db > SNR_DB_MIN;
    });
  }

  /** Waits until all the tones are heard, which are mixed and each as loud as the others. */
  async hearsMixed(...tones: number[]) {
    await until(`${tones.join(' and ')} Hz are heard at the telephone`, 10_000, async () => {
      for (const hz of tones) if ((await this.listen(hz, 400)).snr_db < MIXED_SNR_DB) return false;
      return true;
    });
  }

  /** Waits until all the tones are heard, however loud each is. */
  async hearsAll(...tones: number[]) {
    await until(`${tones.join(' and ')} Hz are there at the telephone`, 10_000, async () => {
      for (const hz of tones) if ((await this.listen(hz, 400)).tone_dbov < THERE_DBOV) return false;
      return true;
    });
  }

  /** Presses a key; waits until it was sent. */
  async press(key: string) {
    await this.ask({ op: 'digit', key }, 'digit_sent');
  }

  hold() {
    return this.ask({ op: 'hold' }, 'renegotiated');
  }

  resume() {
    return this.ask({ op: 'resume' }, 'renegotiated');
  }

  tone(hz: number | null) {
    this.phone.send({ op: 'tone', id: this.id, hz });
  }

  /** So many of a hundred of its packets get lost on the way from here on; each run loses the same ones. */
  lose(percent: number) {
    this.phone.send({ op: 'lose', id: this.id, percent, seed: 1 });
  }

  /** Answers a call that rings here. */
  answer(toneHz: number) {
    this.phone.send({ op: 'answer', id: this.id, tone_hz: toneHz });
    return this.wait('answered');
  }

  /** Turns a call down that rings here: busy, unless told otherwise. */
  reject(code = 486) {
    this.phone.send({ op: 'reject', id: this.id, code });
  }

  /** The transfer key; with `other` the phone joins its two calls. */
  refer(to: string, other?: Call) {
    this.phone.send({ op: 'refer', id: this.id, to, ...(other === undefined ? {} : { replaces: other.id }) });
  }

  bye() {
    this.phone.send({ op: 'bye', id: this.id });
  }

  cancel() {
    this.phone.send({ op: 'cancel', id: this.id });
  }

  stats() {
    return this.ask({ op: 'stats' }, 'stats');
  }

  /** Nothing more is asked of it: what was heard is let go. */
  forget() {
    this.phone.send({ op: 'forget', id: this.id });
  }
}

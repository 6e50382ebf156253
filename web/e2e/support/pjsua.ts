import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { freePort } from './ports';
import { target, type Server } from './server';
import { snr, wavTail } from './tone';
import { until } from './until';

const RATE_HZ = 8_000;
const WINDOW_MS = 400;
const SNR_DB_MIN = 20;

/** How keys are sent: as events of RTP (RFC 4733), as INFO, or as tones, where no events are offered. */
type Keys = 'rtp' | 'info' | 'tones';

/** Signalling over TLS, and sound with SDES alone. */
interface Secure {
  readonly tlsPort: number;
  /** Who vouches for the server. */
  readonly ca: string;
}

interface Said {
  event: string;
  call?: number;
  [field: string]: unknown;
}

/** pjsua2, the SIP phone of the PJSIP project, at an address that is no trunk's. Its calls are numbered from 1. */
export class Pjsua {
  private readonly said: Said[] = [];
  private complaints = '';

  private constructor(
    private readonly dir: string,
    private readonly child: ChildProcessWithoutNullStreams,
  ) {
    createInterface({ input: child.stdout }).on('line', (line) => this.said.push(JSON.parse(line) as Said));
    child.stderr.on('data', (bytes: Buffer) => (this.complaints += bytes.toString()));
  }

  /** Registers as one of the example's phones; its microphone hears `toneHz`. */
  static async start(
    server: Server,
    username: string,
    transport: 'udp' | 'tcp' | 'tls',
    toneHz: number,
    keys: Keys = 'rtp',
    secure?: Secure,
  ): Promise<Pjsua> {
    const login = server.manifest.sip_devices.find((one) => one.username === username)!;
    const plainHost = server.manifest.sip_uri.replace('sip:', '');
    const host = secure === undefined ? plainHost : plainHost.replace(/:\d+$/, `:${secure.tlsPort}`);
    return Pjsua.run({
      bind: '127.0.0.2',
      port: 0,
      transport,
      id: `sip:${username}@${host}`,
      registrar: `sip:${host};transport=${transport}`,
      ...login,
      tone_hz: toneHz,
      keys,
      srtp: secure !== undefined,
      ca: secure?.ca ?? '',
    });
  }

  /** A telephone of a carrier with this number, which registers nowhere and sings its keys. */
  static async singer(number: string, toneHz: number): Promise<Pjsua> {
    const [bind, port] = ['127.0.0.1', await freePort()];
    const id = `sip:${number}@${bind}`;
    const plain = { transport: 'udp', registrar: '', srtp: false, ca: '' };
    return Pjsua.run({ ...plain, bind, port, id, tone_hz: toneHz, keys: 'tones' });
  }

  private static async run(config: Record<string, unknown>): Promise<Pjsua> {
    const python = join(target, 'pjsua2/bin/python');
    if (!existsSync(python)) throw new Error(`${python} is missing; cargo xtask test --long installs it`);
    const dir = mkdtempSync(join(tmpdir(), 'callisto-pjsua-'));
    const phone = new Pjsua(dir, spawn(python, [join(import.meta.dirname, 'pjsua.py')]));
    phone.child.stdin.write(`${JSON.stringify({ ...config, dir })}\n`);
    await phone.says('ready', {});
    return phone;
  }

  private tell(order: Record<string, unknown>) {
    this.child.stdin.write(`${JSON.stringify(order)}\n`);
  }

  /** Waits until it has said this. */
  private async says(event: string, fields: Record<string, unknown>) {
    const fits = (said: Said) =>
      said.event === event && Object.entries(fields).every(([name, value]) => said[name] === value);
    await until(`pjsua2 says ${event} ${JSON.stringify(fields)}`, 15_000, () => {
      if (this.child.exitCode !== null) throw new Error(`pjsua2 ended: ${this.complaints}`);
      return this.said.some(fits);
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(this.said.slice(-20))} ${this.complaints}`);
    });
  }

  async registered() {
    await this.says('registration', { active: true });
  }

  async rings(call: number) {
    await this.says('incoming', { call });
  }

  /** Waits until the call is answered. */
  async talks(call: number) {
    await this.says('state', { call, state: 'CONFIRMED' });
  }

  /** Waits until the call is over. */
  async ended(call: number) {
    await this.says('state', { call, state: 'DISCONNECTED' });
  }

  /** Waits for the last report on a transfer. */
  async transferred(call: number, code: number) {
    await this.says('transfer', { call, code, final: true });
  }

  answer(call: number) {
    this.tell({ do: 'answer', call });
  }

  hangUp(call: number) {
    this.tell({ do: 'hang up', call });
  }

  hold(call: number) {
    this.tell({ do: 'hold', call });
  }

  resume(call: number) {
    this.tell({ do: 'resume', call });
  }

  /** The phone's own transfer key. */
  transfer(call: number, to: string) {
    this.tell({ do: 'transfer', call, to });
  }

  /** Joins two of its calls (REFER with Replaces, RFC 3891). */
  join(call: number, other: number) {
    this.tell({ do: 'join', call, with: other });
  }

  dial(to: string) {
    this.tell({ do: 'dial', to });
  }

  press(call: number, keys: string) {
    this.tell({ do: 'press', call, keys });
  }

  /** Sings keys into the call, once, where its tone was. */
  sing(keys: string) {
    this.tell({ do: 'sing', keys });
  }

  /** Its microphone hears its tone again. */
  hum() {
    this.tell({ do: 'hum' });
  }

  /** Waits until what the phone plays in a call is `hz`, by 20 dB. */
  async hearsClearly(call: number, hz: number) {
    const file = join(this.dir, `heard-${call}.wav`);
    const hears = () => (existsSync(file) ? snr(wavTail(readFileSync(file), RATE_HZ, WINDOW_MS), hz, RATE_HZ) : -200);
    await until(`${hz} Hz is heard clearly at pjsua2`, 10_000, () => hears() > SNR_DB_MIN).catch((error: unknown) => {
      throw new Error(`${String(error)}: it is ${hears()} dB, ${JSON.stringify(this.said.slice(-20))}`);
    });
  }

  /** Unregisters and ends. */
  async stop() {
    if (this.child.exitCode === null) {
      const gone = new Promise<void>((done) => this.child.once('exit', () => done()));
      this.tell({ do: 'quit' });
      const late = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(late);
    }
    if (process.env.CALLISTO_KEEP === undefined) rmSync(this.dir, { recursive: true, force: true });
  }
}

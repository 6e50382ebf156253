import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './ports';
import type { Server } from './server';
import { snr, toneWav, wavTail } from './tone';
import { until } from './until';

const TONE_SECONDS = 120;
const WINDOW_MS = 400;
const SNR_DB_MIN = 20;
const MODULES = '/usr/lib/baresip/modules';

/** What a phone speaks, by the module it is in: the names of its codecs, and their rate. */
const SPEECH = {
  g711: { codecs: 'PCMA,PCMU', rateHz: 8_000 },
  g722: { codecs: 'G722/16000/1', rateHz: 16_000 },
  opus: { codecs: 'opus/48000/2', rateHz: 48_000 },
} as const;

export type Speech = keyof typeof SPEECH;

interface BaresipEvent {
  type: string;
  [field: string]: unknown;
}

/** How a phone is encrypted: signalling over TLS, and sound with SDES unless it is to stay plain. */
interface Secure {
  readonly tlsPort: number;
  /** Who vouches for the server. */
  readonly ca?: string;
  readonly isPlain?: boolean;
}

/** What a phone speaks, G.711 unless said, how many calls it has at most, and for how many seconds it registers. */
interface Manner {
  readonly speech?: Speech;
  readonly lines?: number;
  readonly registersFor?: number;
}

/** baresip, a SIP phone that shares no code with us, at an address that is no trunk's. */
export class Baresip {
  private readonly events: BaresipEvent[] = [];
  private control!: net.Socket;
  private rest = Buffer.alloc(0);

  private constructor(
    private readonly dir: string,
    private readonly child: ChildProcess,
  ) {}

  /** Registers as one of the example's phones; its microphone hears `toneHz`. */
  static async start(
    server: Server,
    username: string,
    transport: 'udp' | 'tcp' | 'tls',
    toneHz: number,
    secure?: Secure,
    manner: Manner = {},
  ): Promise<Baresip> {
    const login = server.manifest.sip_devices.find((one) => one.username === username)!;
    const plainHost = server.manifest.sip_uri.replace('sip:', '');
    const host = secure === undefined ? plainHost : plainHost.replace(/:\d+$/, `:${secure.tlsPort}`);
    const account = `<sip:${username}@${host};transport=${transport}>;auth_user=${username};auth_pass=${login.password};regint=${manner.registersFor ?? 60}`;
    return Baresip.run(account, '127.0.0.2:0', toneHz, secure, manner);
  }

  /** A telephone of a carrier with this number at `address`, which registers nowhere; its sound is encrypted or refused. */
  static async encrypted(number: string, address: string, toneHz: number): Promise<Baresip> {
    return Baresip.run(`<sip:${number}@${address};transport=udp>;regint=0`, address, toneHz, { tlsPort: 0 });
  }

  private static async run(
    account: string,
    listen: string,
    toneHz: number,
    secure?: Secure,
    { speech = 'g711', lines }: Manner = {},
  ): Promise<Baresip> {
    const { codecs, rateHz } = SPEECH[speech];
    const dir = mkdtempSync(join(tmpdir(), 'callisto-baresip-'));
    const port = await freePort();
    const isSrtp = secure !== undefined && secure.isPlain !== true;
    writeFileSync(join(dir, 'tone.wav'), toneWav(toneHz, rateHz, TONE_SECONDS));
    writeFileSync(join(dir, 'contacts'), '');
    writeFileSync(join(dir, 'accounts'), `${account};audio_codecs=${codecs}${isSrtp ? ';mediaenc=srtp-mand' : ''}\n`);
    writeFileSync(
      join(dir, 'config'),
      [
        `sip_listen ${listen}`,
        `audio_source aufile,${join(dir, 'tone.wav')}`,
        `ausrc_srate ${rateHz}`,
        'ausrc_channels 1',
        // One line: a second call while there is one is told busy.
        ...(lines === undefined ? [] : [`call_max_calls ${lines}`]),
        `module_path ${MODULES}`,
        ...(secure?.ca === undefined ? [] : [`sip_cafile ${secure.ca}`]),
        ...[speech, 'aufile', 'sndfile', 'ctrl_tcp', ...(isSrtp ? ['srtp'] : [])].map((name) => `module ${name}.so`),
        ...['account', 'menu'].map((name) => `module_app ${name}.so`),
        `ctrl_tcp_listen 127.0.0.1:${port}`,
        `snd_path ${dir}`,
        '',
      ].join('\n'),
    );
    const log = openSync(join(dir, 'baresip.log'), 'a');
    const child = spawn('baresip', ['-f', dir, '-v'], { stdio: ['ignore', log, log] });
    closeSync(log);
    const phone = new Baresip(dir, child);
    await phone.connect(port);
    return phone;
  }

  private async connect(port: number) {
    await until('baresip takes commands', 10_000, () => {
      return new Promise<boolean>((done) => {
        const socket = net.connect(port, '127.0.0.1');
        socket.once('connect', () => {
          this.control = socket;
          done(true);
        });
        socket.once('error', () => done(false));
      });
    });
    this.control.on('data', (bytes: Buffer) => this.read(bytes));
    this.control.on('error', () => undefined);
  }

  /** Netstrings of JSON. */
  private read(bytes: Buffer) {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (;;) {
      const colon = this.rest.indexOf(':');
      if (colon < 0) return;
      const length = Number(this.rest.subarray(0, colon).toString());
      const end = colon + 1 + length;
      if (this.rest.length < end + 1) return;
      const said = JSON.parse(this.rest.subarray(colon + 1, end).toString()) as BaresipEvent & { event?: boolean };
      if (said.event === true) this.events.push(said);
      this.rest = this.rest.subarray(end + 1);
    }
  }

  private command(command: string, params = '') {
    const text = JSON.stringify({ command, params, token: command });
    this.control.write(`${Buffer.byteLength(text)}:${text},`);
  }

  count(type: string): number {
    return this.events.filter((event) => event.type === type).length;
  }

  async wait(type: string, times = 1) {
    await until(`baresip says ${type}`, 15_000, () => this.count(type) >= times).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(this.events.map((e) => e.type))}\n${this.log()}`);
    });
  }

  log(): string {
    return readFileSync(join(this.dir, 'baresip.log'), 'utf8').split('\n').slice(-40).join('\n');
  }

  answer() {
    this.command('accept');
  }

  hangUp() {
    this.command('hangup');
  }

  hold() {
    this.command('hold');
  }

  resume() {
    this.command('resume');
  }

  /** The phone's own transfer key. */
  transfer(to: string) {
    this.command('transfer', to);
  }

  /** Presses keys, as telephone events (RFC 4733). */
  press(keys: string) {
    this.command('sndcode', keys);
  }

  /** Calls somebody. */
  dial(to: string) {
    this.command('dial', to);
  }

  /** Waits until what the phone plays is `hz`, by 20 dB. */
  async hearsClearly(hz: number) {
    await until(`${hz} Hz is heard clearly at the SIP phone`, 10_000, () => this.hears(hz) > SNR_DB_MIN);
  }

  /** The tone against everything else, over the last moment. */
  hears(hz: number): number {
    const { samples, rateHz } = this.heard();
    return snr(samples, hz, rateHz);
  }

  /** The last samples that were decoded; baresip writes them to a file while it talks. */
  private heard(): { samples: Int16Array; rateHz: number } {
    const files = readdirSync(this.dir).filter((name) => name.endsWith('-dec.wav'));
    const last = files.sort().at(-1);
    const bytes = last === undefined ? Buffer.alloc(0) : readFileSync(join(this.dir, last));
    if (bytes.length < 44) return { samples: new Int16Array(), rateHz: 1 };
    const [channels, rateHz] = [bytes.readUInt16LE(22), bytes.readUInt32LE(24)];
    const all = wavTail(bytes, rateHz * channels, WINDOW_MS);
    return { samples: all.filter((_, n) => n % channels === 0), rateHz };
  }

  /** Unregisters and ends. */
  async stop() {
    if (this.child.exitCode === null) {
      const gone = new Promise<void>((done) => this.child.once('exit', () => done()));
      this.child.kill('SIGTERM');
      const late = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(late);
    }
    this.control.destroy();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Server } from './server';
import { snr, toneWav, wavTail } from './tone';
import { until } from './until';

const RATE_HZ = 8_000;
const TONE_SECONDS = 120;
const WINDOW_MS = 400;
const SNR_DB_MIN = 20;

/** Signalling over TLS, and sound with SDES alone. */
interface Secure {
  readonly tlsPort: number;
  /** Who vouches for the server. */
  readonly ca: string;
}

/** Its version of mbed TLS does not look for addresses in a certificate, so who signed it is all that is checked. */
function encrypted({ ca }: Secure): string[] {
  const checks = [`root_ca=${ca}`, 'verify_server_certs=1', 'verify_server_cn=0'];
  return [...checks, 'media_encryption=srtp', 'media_encryption_mandatory=1'];
}

/** linphonec, the SIP phone of Belledonne, at an address that is no trunk's. */
export class Linphone {
  private said = '';
  private rung = 0;

  private constructor(
    private readonly dir: string,
    private readonly child: ChildProcessWithoutNullStreams,
  ) {
    child.stdout.on('data', (bytes: Buffer) => (this.said += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (this.said += bytes.toString()));
  }

  /** Registers as one of the example's phones; its microphone hears `toneHz`. Keys are events of RTP (RFC 4733) or INFO. */
  static async start(
    server: Server,
    username: string,
    transport: 'udp' | 'tcp' | 'tls',
    toneHz: number,
    keys: 'rtp' | 'info' = 'rtp',
    secure?: Secure,
  ): Promise<Linphone> {
    const login = server.manifest.sip_devices.find((one) => one.username === username)!;
    const plainHost = server.manifest.sip_uri.replace('sip:', '');
    const host = secure === undefined ? plainHost : plainHost.replace(/:\d+$/, `:${secure.tlsPort}`);
    const phone = await Linphone.run(toneHz, [
      '[sip]',
      'bind_address=127.0.0.2',
      'sip_port=-1',
      'sip_tcp_port=-1',
      `sip_tls_port=${secure === undefined ? 0 : -1}`,
      ...(secure === undefined ? [] : encrypted(secure)),
      'default_proxy=0',
      'guess_hostname=0',
      `use_info=${keys === 'info' ? 1 : 0}`,
      `use_rfc2833=${keys === 'info' ? 0 : 1}`,
      'contact="agent" <sip:agent@127.0.0.2>',
      '[net]',
      'firewall_policy=0',
      'mtu=1300',
      '[rtp]',
      'audio_rtp_port=-1',
      '[proxy_0]',
      `reg_proxy=<sip:${host};transport=${transport}>`,
      `reg_route=<sip:${host};transport=${transport};lr>`,
      `reg_identity=<sip:${username}@${host}>`,
      'reg_expires=60',
      'reg_sendregister=1',
      'publish=0',
      '[auth_info_0]',
      `username=${username}`,
      `passwd=${login.password}`,
      `realm=${login.realm}`,
    ]);
    phone.hum();
    return phone;
  }

  /** A telephone of a carrier with this number, which registers nowhere, sings its keys, and hears nothing until it hums. */
  static async singer(number: string, toneHz: number): Promise<Linphone> {
    // Without telephone events at any rate it sings.
    const events = [8_000, 16_000, 48_000].flatMap((rate, n) => {
      return [`[audio_codec_${n + 1}]`, 'mime=telephone-event', `rate=${rate}`, 'channels=1', 'enabled=0'];
    });
    return Linphone.run(toneHz, [
      '[sip]',
      'bind_address=127.0.0.1',
      // Else it offers its sound at an address of IPv6.
      'use_ipv6=0',
      'ipv6_migration_done=1',
      'sip_port=-1',
      'sip_tcp_port=0',
      'sip_tls_port=0',
      'default_proxy=-1',
      'guess_hostname=0',
      'use_info=0',
      'use_rfc2833=0',
      `contact="customer" <sip:${number}@127.0.0.1>`,
      '[net]',
      'firewall_policy=0',
      '[rtp]',
      'audio_rtp_port=-1',
      ...['[audio_codec_0]', 'mime=PCMA', 'rate=8000', 'channels=1', 'enabled=1'],
      ...events,
    ]);
  }

  private static async run(toneHz: number, lines: string[]): Promise<Linphone> {
    const dir = mkdtempSync(join(tmpdir(), 'callisto-linphone-'));
    mkdirSync(join(dir, '.local/share/linphone'), { recursive: true });
    writeFileSync(join(dir, 'tone.wav'), toneWav(toneHz, RATE_HZ, TONE_SECONDS));
    writeFileSync(join(dir, 'linphonerc'), [...lines, ''].join('\n'));
    const child = spawn('linphonec', ['-d', '6', '-l', join(dir, 'linphone.log'), '-c', join(dir, 'linphonerc')], {
      env: { ...process.env, HOME: dir },
    });
    const phone = new Linphone(dir, child);
    await phone.says(/linphonec> /);
    phone.type('soundcard use files');
    phone.type(`record ${join(dir, 'heard.wav')}`);
    return phone;
  }

  /** Its microphone hears its tone, from the beginning. */
  hum() {
    this.type(`play ${join(this.dir, 'tone.wav')}`);
  }

  /** Waits until its call is answered and its sound flows. */
  async talks() {
    await this.says(/Call 1 with \S+ connected[^]*Media streams established/);
  }

  /** Waits until its call is over. */
  async ended() {
    await this.says(/Call 1 with \S+ ended/);
  }

  /** Types a line, as somebody at the phone would. */
  type(line: string) {
    this.child.stdin.write(`${line}\n`);
  }

  private async says(words: RegExp) {
    await until(`linphone says ${words}`, 15_000, () => words.test(this.said)).catch(this.withTranscript);
  }

  /** Waits until a call rings. */
  async rings() {
    const calls = () => this.said.match(/Receiving new incoming call/g)?.length ?? 0;
    await until('linphone rings', 15_000, () => calls() > this.rung).catch(this.withTranscript);
    this.rung = calls();
  }

  private withTranscript = (error: unknown): never => {
    throw new Error(`${String(error)}: ${this.said.slice(-1_500)}`);
  };

  log(): string {
    const path = join(this.dir, 'linphone.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** Waits until what the phone plays is `hz`, by 20 dB. */
  async hearsClearly(hz: number) {
    await until(`${hz} Hz is heard clearly at linphone`, 10_000, () => this.hears(hz) > SNR_DB_MIN);
  }

  /** The tone against everything else, over the last moment, dB. */
  hears(hz: number): number {
    const path = join(this.dir, 'heard.wav');
    return existsSync(path) ? snr(wavTail(readFileSync(path), RATE_HZ, WINDOW_MS), hz, RATE_HZ) : -200;
  }

  /** Unregisters and ends. */
  async stop() {
    if (this.child.exitCode === null) {
      const gone = new Promise<void>((done) => this.child.once('exit', () => done()));
      this.type('quit');
      const late = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(late);
    }
    if (process.env.CALLISTO_KEEP === undefined) rmSync(this.dir, { recursive: true, force: true });
  }
}

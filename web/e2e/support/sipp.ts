import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './ports';
import {
  CALLED,
  CALLED_PLAYING,
  CALLER,
  CALLER_PLAYING,
  EARLY_MEDIA,
  givesUp,
  goOn,
  HOLDER,
  MUTE,
  NOTHING_IN_COMMON,
  PRESSER,
  PROXIED,
  refused,
  unanswered,
  waits,
  WIDE_CALLED,
  WIDE_CALLER,
} from './scenarios';

/** SIPp for one call; it sends back every packet of sound it gets, unless it is said to do otherwise. */
export class Sipp {
  private said = '';

  private constructor(
    private readonly dir: string,
    private readonly child: ChildProcess,
    private readonly at: { host: string; port: number },
  ) {
    child.stdout?.on('data', (bytes: Buffer) => (this.said += bytes.toString()));
    child.stderr?.on('data', (bytes: Buffer) => (this.said += bytes.toString()));
  }

  /** Calls a number of the centre at `target` from `from`. */
  static async caller(target: string, number: string, from: string): Promise<Sipp> {
    return Sipp.run(CALLER, await freePort(), [target, '-s', number], from);
  }

  /** Calls a number of the centre from `port` through the proxy at `target`. */
  static through(target: string, port: number, number: string, from: string): Promise<Sipp> {
    return Sipp.run(PROXIED, port, [target, '-s', number], from);
  }

  /** Calls a number of the centre, puts the call on hold when it is told to `goOn`, and takes it back the next time. */
  static async holder(target: string, number: string, from: string): Promise<Sipp> {
    return Sipp.run(HOLDER, await freePort(), [target, '-s', number], from);
  }

  /** Calls a number of the centre and presses 1 by RFC 4733; it needs root for that, and sends no other sound. */
  static async presser(target: string, number: string, from: string): Promise<Sipp> {
    return Sipp.run(PRESSER, await freePort(), [target, '-s', number], from, null);
  }

  /** Answers one call at `port`, of an address of its own if that is given. */
  static called(port: number, host?: string): Promise<Sipp> {
    return Sipp.run(CALLED, port, [], '', undefined, host);
  }

  /** The INVITE that came, as it was on the wire. */
  invite(): string {
    const log = readdirSync(this.dir).find((name) => name.endsWith('_messages.log'));
    if (log === undefined) throw new Error('SIPp wrote no messages down');
    return readFileSync(join(this.dir, log), 'utf8').match(/^INVITE [^]*?\r?\n\r?\n/m)![0];
  }

  /** Refuses one call at `port`. */
  static refuses(port: number, status: string, q850: number | null = null): Promise<Sipp> {
    return Sipp.run(refused(status, q850), port, [], '', null);
  }

  /** Plays A-law sound, again and again, to one call at `port` that it never answers. */
  static plays(port: number, alaw: Buffer): Promise<Sipp> {
    return Sipp.run(EARLY_MEDIA, port, [], '', alaw);
  }

  /** Answers one call at `port` and plays A-law sound, again and again. */
  static answers(port: number, alaw: Buffer): Promise<Sipp> {
    return Sipp.run(CALLED_PLAYING, port, [], '', alaw);
  }

  /** Calls a number of the centre and plays A-law sound, again and again; it offers no telephone events. */
  static async singer(target: string, number: string, from: string, alaw: Buffer): Promise<Sipp> {
    return Sipp.run(CALLER_PLAYING, await freePort(), [target, '-s', number], from, alaw);
  }

  /** Calls a number of the centre, presses 1, and sends the A-law sound once, or with none no packet at all. */
  static async waits(target: string, number: string, from: string, alaw: Buffer | null): Promise<Sipp> {
    return Sipp.run(waits(alaw !== null), await freePort(), [target, '-s', number], from, alaw);
  }

  /** Calls a number of the centre that is answered with the agent; its sound goes to `port`. Waits for the end, or hangs up three seconds after the answer. */
  static async unanswered(target: string, number: string, from: string, port: number, hangsUp = false): Promise<Sipp> {
    return Sipp.run(unanswered(port, hangsUp), await freePort(), [target, '-s', number], from, null);
  }

  /** The same, and gives up after three seconds of early media. */
  static async givesUp(target: string, number: string, from: string, port: number): Promise<Sipp> {
    return Sipp.run(givesUp(port), await freePort(), [target, '-s', number], from, null);
  }

  /** Calls a number of the centre with G.711 and G.722 must get G.722 alone, and hangs up after three seconds; it sends back what it gets. */
  static async wideCaller(target: string, number: string, from: string): Promise<Sipp> {
    return Sipp.run(WIDE_CALLER, await freePort(), [target, '-s', number], from);
  }

  /** Must be offered G.722 alone at `port`, answers with it, and sends back what it gets. */
  static wideCalled(port: number): Promise<Sipp> {
    return Sipp.run(WIDE_CALLED, port, [], '');
  }

  /** Calls a number of the centre with G.711 alone and must be refused with 488. */
  static async nothingInCommon(target: string, number: string, from: string): Promise<Sipp> {
    return Sipp.run(NOTHING_IN_COMMON, await freePort(), [target, '-s', number], from, null);
  }

  /** Calls a number of the centre and sends nothing at all. */
  static async mute(target: string, number: string, from: string): Promise<Sipp> {
    return Sipp.run(MUTE, await freePort(), [target, '-s', number], from, null);
  }

  /** Without `alaw` it sends back what it gets; with none it sends nothing, else what it is given. */
  private static async run(
    scenario: string,
    port: number,
    args: string[],
    from: string,
    alaw?: Buffer | null,
    host = '127.0.0.1',
  ): Promise<Sipp> {
    const dir = mkdtempSync(join(tmpdir(), 'callisto-sipp-'));
    // Messages begin at the margin, as on the wire.
    const lines = scenario.replaceAll(/\n {2}/g, '\n');
    writeFileSync(join(dir, 'scenario.xml'), `<?xml version="1.0"?>\n${lines.replaceAll('[from]', from)}`);
    if (alaw) writeFileSync(join(dir, 'tone.alaw'), alaw);
    const media = await freePort();
    const fixed = ['-sf', 'scenario.xml', '-m', '1', '-i', host, '-p', String(port), '-trace_msg'];
    const echo = alaw === undefined ? ['-rtp_echo'] : [];
    const sound = ['-mi', host, '-mp', String(media), ...echo];
    const child = spawn('sipp', [...args, ...fixed, ...sound, '-nostdin', '-trace_err'], { cwd: dir, stdio: 'pipe' });
    return new Sipp(dir, child, { host, port });
  }

  /** Ends the wait of its scenario for a word from the story, which comes as a message of the call from nobody in it. */
  async goOn() {
    const message = goOn(`1-${String(this.child.pid)}@${this.at.host}`);
    const socket = createSocket('udp4');
    await new Promise<void>((done, failed) => {
      socket.send(message, this.at.port, this.at.host, (error) => (error ? failed(error) : done()));
    });
    socket.close();
  }

  /** Waits until the call is over; throws when it did not go by the scenario. */
  async ended() {
    const code = this.child.exitCode ?? (await new Promise<number | null>((done) => this.child.once('exit', done)));
    if (code !== 0) throw new Error(`SIPp ended with ${code}: ${this.said.slice(-2_000)}`);
  }

  stop() {
    this.child.kill('SIGKILL');
    if (process.env.CALLISTO_KEEP === undefined) rmSync(this.dir, { recursive: true, force: true });
  }
}

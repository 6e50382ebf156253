import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './ports';

const RESPONSE = `
  [last_Via:]
  [last_From:]
  [last_To:];tag=[call_number]
  [last_Call-ID:]
  [last_CSeq:]`;

const BODY = `
  Content-Type: application/sdp
  Content-Length: [len]

  v=0
  o=- 1 1 IN IP[local_ip_type] [local_ip]
  s=-
  c=IN IP[media_ip_type] [media_ip]
  t=0 0
  m=audio [media_port] RTP/AVP 8
  a=rtpmap:8 PCMA/8000
`;

const request = (method: string, cseq: number, to: string, rest: string) => `
  ${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
  Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
  Max-Forwards: 70
  From: <sip:[from]@[local_ip]:[local_port]>;tag=[call_number]
  To: <sip:[service]@[remote_ip]:[remote_port]>${to}
  Call-ID: [call_id]
  CSeq: ${cseq} ${method}
  Contact: <sip:[from]@[local_ip]:[local_port]>${rest}`;

const send = (text: string, retrans = '') => `<send${retrans}><![CDATA[${text}\n]]></send>`;

const PRESS_1 = '\n  Content-Type: application/dtmf-relay\n  Content-Length: [len]\n\n  Signal=1\n  Duration=160\n';

/** Calls, presses 1 by INFO, and waits for the other side to hang up. */
const CALLER = `<scenario name="caller">
${send(request('INVITE', 1, '', BODY), ' retrans="500"')}
<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="183" optional="true"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
<pause milliseconds="1500"/>
${send(request('INFO', 2, '[peer_tag_param]', PRESS_1), ' retrans="500"')}
<recv response="200"/>
<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

/** Rings, answers, and waits for the other side to hang up. */
const CALLED = `<scenario name="called">
<recv request="INVITE"/>
${send(`SIP/2.0 180 Ringing${RESPONSE}\n  Contact: <sip:far@[local_ip]:[local_port]>\n  Content-Length: 0\n`)}
<pause milliseconds="500"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Contact: <sip:far@[local_ip]:[local_port]>${BODY}`, ' retrans="500"')}
<recv request="ACK"/>
<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

const EARLY = BODY.replace('[media_port]', '[rtpstream_audio_port]');

/** Refuses with this status and, beside it, a Q.850 cause. */
const refused = (status: string, q850: number | null) => `<scenario name="refused">
<recv request="INVITE"/>
${send(
  `SIP/2.0 ${status}${RESPONSE}${q850 === null ? '' : `\n  Reason: Q.850;cause=${q850}`}\n  Content-Length: 0\n`,
  ' retrans="500"',
)}
<recv request="ACK"/>
</scenario>`;

/** Plays a file before any answer, until the caller gives up. */
const EARLY_MEDIA = `<scenario name="early media">
<recv request="INVITE"/>
${send(`SIP/2.0 183 Session Progress${RESPONSE}\n  Contact: <sip:far@[local_ip]:[local_port]>${EARLY}`)}
<nop><action><exec rtp_stream="tone.alaw,-1,8,PCMA/8000"/></action></nop>
<recv request="CANCEL"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

/** Rings, answers, plays a file, and waits for the other side to hang up. */
const CALLED_PLAYING = CALLED.replace(BODY, EARLY).replace(
  '<recv request="ACK"/>',
  '<recv request="ACK"/>\n<nop><action><exec rtp_stream="tone.alaw,-1,8,PCMA/8000"/></action></nop>',
);

/** Calls, plays a file, and waits for the other side to hang up. No telephone events are offered. */
const CALLER_PLAYING = `<scenario name="caller playing">
${send(request('INVITE', 1, '', EARLY), ' retrans="500"')}
<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="183" optional="true"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
<nop><action><exec rtp_stream="tone.alaw,-1,8,PCMA/8000"/></action></nop>
<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

/** Calls, sends what sound there is once, presses 1 by INFO, and waits for the other side to hang up. */
const waits = (sound: boolean) => `<scenario name="waits">
${send(request('INVITE', 1, '', sound ? EARLY : BODY), ' retrans="500"')}
<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="183" optional="true"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
${sound ? '<nop><action><exec rtp_stream="tone.alaw,1,8,PCMA/8000"/></action></nop>' : ''}
<pause milliseconds="1000"/>
${send(request('INFO', 2, '[peer_tag_param]', PRESS_1), ' retrans="500"')}
<recv response="200"/>
<recv request="BYE" timeout="120000"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

/** Calls, sends no sound and no key, and waits for the other side to hang up. */
const MUTE = `<scenario name="mute">
${send(request('INVITE', 1, '', BODY), ' retrans="500"')}
<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="183" optional="true"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

/** Calls, and must hear of early media before the answer; sound goes to `port`. */
const unanswered = (port: number) => `<scenario name="unanswered">
${send(request('INVITE', 1, '', BODY.replace('[media_port]', String(port))), ' retrans="500"')}
<recv response="100" optional="true"/>
<recv response="183"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

/** The same, and gives up without an answer. CANCEL and the last ACK are of the INVITE's transaction. */
const givesUp = (port: number) => `<scenario name="gives up">
${send(request('INVITE', 1, '', BODY.replace('[media_port]', String(port))), ' retrans="500"')}
<recv response="100" optional="true"/>
<recv response="183"/>
<pause milliseconds="3000"/>
${send(request('CANCEL', 1, '', '\n  Content-Length: 0\n').replace('[branch]', '[branch-4]'), ' retrans="500"')}
<recv response="200"/>
<recv response="487"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n').replace('[branch]', '[branch-7]'))}
</scenario>`;

/** SIPp for one call; it sends back every packet of sound it gets, unless it is said to do otherwise. */
export class Sipp {
  private said = '';

  private constructor(
    private readonly dir: string,
    private readonly child: ChildProcess,
  ) {
    child.stdout?.on('data', (bytes: Buffer) => (this.said += bytes.toString()));
    child.stderr?.on('data', (bytes: Buffer) => (this.said += bytes.toString()));
  }

  /** Calls a number of the centre at `target` from `from`. */
  static async caller(target: string, number: string, from: string): Promise<Sipp> {
    return Sipp.run(CALLER, await freePort(), [target, '-s', number], from);
  }

  /** Answers one call at `port`. */
  static called(port: number): Promise<Sipp> {
    return Sipp.run(CALLED, port, [], '');
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

  /** Calls a number of the centre that is answered with the agent; its sound goes to `port`. */
  static async unanswered(target: string, number: string, from: string, port: number): Promise<Sipp> {
    return Sipp.run(unanswered(port), await freePort(), [target, '-s', number], from, null);
  }

  /** The same, and gives up after three seconds of early media. */
  static async givesUp(target: string, number: string, from: string, port: number): Promise<Sipp> {
    return Sipp.run(givesUp(port), await freePort(), [target, '-s', number], from, null);
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
  ): Promise<Sipp> {
    const dir = mkdtempSync(join(tmpdir(), 'callisto-sipp-'));
    // Messages begin at the margin, as on the wire.
    const lines = scenario.replaceAll(/\n {2}/g, '\n');
    writeFileSync(join(dir, 'scenario.xml'), `<?xml version="1.0"?>\n${lines.replaceAll('[from]', from)}`);
    if (alaw) writeFileSync(join(dir, 'tone.alaw'), alaw);
    const media = await freePort();
    const fixed = ['-sf', 'scenario.xml', '-m', '1', '-i', '127.0.0.1', '-p', String(port)];
    const echo = alaw === undefined ? ['-rtp_echo'] : [];
    const sound = ['-mi', '127.0.0.1', '-mp', String(media), ...echo];
    const child = spawn('sipp', [...args, ...fixed, ...sound, '-nostdin', '-trace_err'], { cwd: dir, stdio: 'pipe' });
    return new Sipp(dir, child);
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

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { freePort, freeRtpRange } from './ports';
import { until } from './until';

const root = resolve(import.meta.dirname, '../../..');
const START_MS_MAX = 60_000;
const STOP_MS_MAX = 15_000;
const RTP_PORTS = 600;
/** `USER_HZ` of every Linux we build for. */
const CLOCK_TICKS_PER_SECOND = 100;

/** SIGTERM waits for no call, unless a story is about that. */
const DRAIN_AT_ONCE = '[drain]\ntimeout_s = 0\n';

export interface Toml {
  http?: string;
  more?: string;
  sip?: string;
  /** The trunk's address; 127.0.0.1 if not given. */
  trunk?: string;
  /** More lines of the trunk. */
  trunkLines?: string;
  demo?: string;
  /** First port of sound; a free one if not given. */
  rtp?: number;
}

export interface Manifest {
  http_url: string;
  sip_uri: string;
  numbers: { number: string; answers: string }[];
  users: { username: string; password: string; role: string; extension: string }[];
  sip_devices: { username: string; password: string; realm: string; agent: string }[];
  api_token: string;
}

/** A real server of the demo kind, on free ports, with a data directory of its own. */
export class Server {
  readonly dir = mkdtempSync(join(tmpdir(), 'callisto-e2e-'));
  readonly dataDir = join(this.dir, 'data');
  manifest!: Manifest;
  /** What the command said that added the first person of an empty store. */
  told = '';
  private child: ChildProcess | undefined;
  private configFile = join(this.dir, 'callisto.toml');
  private config = '';

  /** With `call`, the trunk's calls from us go to that address and port; the rest is TOML for `[http]`, `[sip]`, the end and `[demo]`. */
  static async start(call?: string, toml: Toml = {}): Promise<Server> {
    const server = await Server.stopped(call, toml);
    await server.run();
    return server;
  }

  /** One that has never been started. */
  static async stopped(call?: string, toml: Toml = {}): Promise<Server> {
    const server = new Server();
    await server.configure(call, toml);
    return server;
  }

  /** One without the example: an empty store whose first person the operator's command adds. Not started yet. */
  static async empty(first: { username: string; name: string; password: string }): Promise<Server> {
    const server = await Server.stopped();
    server.config = server.config.replace('[demo]\nenabled = true\n', '');
    writeFileSync(server.configFile, server.config);
    const { username, name, password } = first;
    const role = 'administrator';
    server.told = await server.operator(
      ['user', 'add', '--username', username, '--name', name, '--role', role],
      password,
    );
    const token = await server.operator(['token', 'add', '--username', username, '--name', 'stories']);
    const bound = (section: string) => server.config.match(new RegExp(`\\[${section}\\]\\nbind = "([^"]+)"`))![1]!;
    server.manifest = {
      http_url: `http://${bound('http')}`,
      sip_uri: `sip:${bound('sip')}`,
      numbers: [],
      users: [{ username, password, role, extension: '' }],
      sip_devices: [],
      api_token: token.trim(),
    };
    return server;
  }

  /** What the operator's command said, with the configuration of this server. */
  private async operator(args: string[], input = ''): Promise<string> {
    const run = promisify(execFile)(binary('callisto'), [...args, '--config', this.configFile]);
    run.child.stdin?.end(`${input}\n`);
    return (await run).stdout;
  }

  private async configure(call: string | undefined, toml: Toml) {
    const {
      http: httpLines = '',
      sip: sipLines = '',
      trunk = '127.0.0.1',
      trunkLines = '',
      more = DRAIN_AT_ONCE,
      demo = '',
    } = toml;
    const http = await freePort();
    const sip = await freePort();
    const rtp = toml.rtp ?? (await freeRtpRange(RTP_PORTS));
    const key = join(this.dir, 'key');
    writeFileSync(key, randomBytes(32).toString('hex'), { mode: 0o600 });
    this.config =
      `[data]\ndir = "${this.dataDir}"\nkey_file = "${key}"\n` +
      `[http]\nbind = "127.0.0.1:${http}"\nweb_dir = "${join(root, 'web/dist')}"\n${httpLines}` +
      `[sip]\nbind = "127.0.0.1:${sip}"\nadvertised = "127.0.0.1"\n${sipLines}` +
      `[media]\nbind = "127.0.0.1"\nadvertised = ["127.0.0.1"]\nrtp_ports = "${rtp}-${rtp + RTP_PORTS - 1}"\n` +
      `[[trunk]]\nname = "test"\naddresses = ["${trunk}"]\n${call === undefined ? '' : `call = "${call}"\n`}` +
      `${trunkLines}${more}[demo]\nenabled = true\n${demo}[test]\nhooks = true\n`;
  }

  /** More lines of `[sip]`, before the start. */
  addSip(lines: string) {
    this.config = this.config.replace('[media]\n', `${lines}[media]\n`);
  }

  /** Starts, or starts again after `end`; with a place, in the expectation that it is killed there. */
  async run(killAt?: { place: string; passes: number }) {
    const kill = killAt ? `kill_at = "${killAt.place}"\nkill_after = ${killAt.passes}\n` : '';
    writeFileSync(this.configFile, this.config + kill);
    const manifest = join(this.dataDir, 'demo.json');
    const isExample = this.config.includes('[demo]');
    rmSync(manifest, { force: true });
    const log = openSync(join(this.dir, 'server.log'), 'a');
    // A file that may not grow is an error to the server, as a full disk is, and not a signal that ends it.
    const script = 'trap "" XFSZ; exec "$0" serve --config "$1"';
    const child = spawn('sh', ['-c', script, binary('callisto'), this.configFile], { stdio: ['ignore', log, log] });
    closeSync(log);
    this.child = child;
    if (killAt) return this.killed(START_MS_MAX);
    await until('the server is ready', START_MS_MAX, async () => {
      if (this.isGone) throw new Error(`the server ended: ${this.log()}`);
      if (isExample && !existsSync(manifest)) return false;
      if (isExample) this.manifest = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
      // Plain HTTP tells health also where everything else is HTTPS.
      const health = fetch(`${this.manifest.http_url.replace('https:', 'http:')}/healthz`);
      return (isExample ? await health : await health.catch(() => undefined))?.ok ?? false;
    });
  }

  /** Whether the process has ended, however. */
  get isGone(): boolean {
    return this.child === undefined || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits until the process has been killed; it must not end in another way. */
  async killed(limitMs: number) {
    await until('the server has been killed', limitMs, () => this.isGone);
    if (this.child?.signalCode !== 'SIGKILL') throw new Error(`the server ended by itself: ${this.log()}`);
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  log(): string {
    return readFileSync(join(this.dir, 'server.log'), 'utf8');
  }

  get hotline(): string {
    return this.manifest.numbers[0]!.number;
  }

  user(username: string) {
    return this.manifest.users.find((u) => u.username === username)!;
  }

  uri(number: string): string {
    return this.manifest.sip_uri.replace('sip:', `sip:${number}@`);
  }

  /** A request with the administrator's token, or another one. */
  async api<T>(method: string, path: string, body?: unknown, token = this.manifest.api_token): Promise<T> {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (method === 'POST') headers['idempotency-key'] = randomBytes(12).toString('hex');
    const answer = await fetch(this.manifest.http_url + path, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  async census(): Promise<Record<string, number>> {
    return (await this.api<{ counts: Record<string, number> }>('GET', '/api/v1/test/census')).counts;
  }

  /** What `callisto verify` says beside the running server; throws when something was altered, is missing or truncated. */
  async verify(): Promise<string> {
    const run = promisify(execFile);
    const { stdout } = await run(binary('callisto'), ['verify', '--config', this.configFile]);
    return stdout;
  }

  /** Resident memory, bytes. */
  rss(): number {
    const line = readFileSync(`/proc/${this.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/);
    return Number(line![1]) * 1024;
  }

  /** Processor time used so far, seconds. */
  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
  }

  /** Says it to the running program and does not wait. */
  signal(signal: NodeJS.Signals) {
    this.child?.kill(signal);
  }

  /** Whether the program has ended by itself, and with which code. */
  get exitCode(): number | null {
    return this.child?.exitCode ?? null;
  }

  async stop() {
    await this.end('SIGTERM');
    if (process.env.CALLISTO_KEEP === undefined) rmSync(this.dir, { recursive: true, force: true });
  }

  async end(signal: NodeJS.Signals) {
    const child = this.child;
    if (!child || this.isGone) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    await gone;
    clearTimeout(late);
  }
}

/** Where cargo puts what it builds. */
export const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');

export function binary(name: string): string {
  const path = join(target, process.env.CALLISTO_PROFILE ?? 'debug', name);
  if (!existsSync(path)) throw new Error(`${path} is missing; build it with: cargo build --workspace`);
  return path;
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { TlsDoor } from './phone';
import { binary, type Server } from './server';
import { until } from './until';

const UP_MS_MAX = 60_000;
const RATE = 5;
/** The first calling number of the farm. */
export const FARM_FROM = 13_500_000_000;

/** An agent of the farm, with the phone it works with. */
export interface FarmAgent {
  token: string;
  device_id: string;
  phone: { username: string; password: string; realm: string };
}

export interface FarmFile {
  number: string;
  queue_id: string;
  agents: FarmAgent[];
}

/** What the farm tells at its end. */
export interface FarmSummary {
  offered: number;
  failed: number;
  failures: Record<string, number>;
  bridged: number;
  rtp_sent: number;
  rtp_lost: number;
  rtp_delay_ms: { p50: number; p99: number; max: number };
  ring_ms: { p50: number; p99: number };
  rtp_late_ms_max: number;
  secure_phones: number;
  srtp_opened: number;
  srtp_refused: number;
  srtp_delay_ms: { p50: number; p99: number; max: number };
}

export function farmFile(server: Server): FarmFile {
  return JSON.parse(readFileSync(join(server.dataDir, 'farm.json'), 'utf8')) as FarmFile;
}

/** A certificate for the server at 127.0.0.1, which vouches for itself and for nobody else. */
export function selfSigned(cert: string, key: string) {
  const subject = ['-subj', '/CN=callisto', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key];
  execFileSync('openssl', ['req', '-x509', ...made, '-out', cert, '-days', '30', ...subject, ...leaf], {
    stdio: 'ignore',
  });
}

/** Phones of the farm must be encrypted, both ways of it: plain calls to them are refused from here on. */
export async function requireEncryption(server: Server, agents: FarmAgent[]) {
  for (const { device_id } of agents) {
    const { version } = await server.api<{ version: number }>('GET', `/api/v1/devices/${device_id}`);
    await server.api('PATCH', `/api/v1/devices/${device_id}`, { version, encryption: 'required' });
  }
}

/** The desks of agents without a screen: whose desk is not open is offered nothing. */
export async function openDesks(server: Server, agents: { token: string }[]): Promise<ChildProcess> {
  const file = join(server.dir, 'desks.json');
  writeFileSync(file, JSON.stringify({ agents: agents.map(({ token }) => ({ token })) }), { mode: 0o600 });
  const args = ['desks', '--http', new URL(server.manifest.http_url).host, '--agents', file];
  const held = spawn(binary('testphone'), args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  held.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  await until('the desks are open', UP_MS_MAX, () => said.includes('open'));
  return held;
}

/** An agent begins work with this phone. */
export async function begin(server: Server, { token, device_id }: { token: string; device_id: string }) {
  await server.api('PUT', '/api/v1/me/agent/state', { state: 'signed_in' }, token);
  await server.api('PUT', '/api/v1/me/agent/phone', { device_id }, token);
  await server.api('PUT', '/api/v1/me/agent/state', { state: 'ready' }, token);
}

/** Registers the phones of these agents, of which the first `secure` are encrypted. `go` has as many callers call, who talk for `holdMs` once all do. */
export async function plant(
  server: Server,
  agents: FarmAgent[],
  holdMs: number,
  secure: number,
  door: TlsDoor,
): Promise<{ go: () => Promise<FarmSummary> }> {
  const phones = join(server.dir, 'phones.json');
  writeFileSync(phones, JSON.stringify(agents.map((agent) => agent.phone)), { mode: 0o600 });
  const values = {
    target: server.manifest.sip_uri.replace('sip:', ''),
    to: farmFile(server).number,
    devices: phones,
    calls: agents.length,
    rate: RATE,
    'hold-ms': holdMs,
    'ring-ms': 500,
    'from-base': FARM_FROM,
    'tls-target': `127.0.0.1:${String(door.port)}`,
    'tls-ca': door.ca,
    'tls-phones': secure,
  };
  const flags = Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(binary('testphone'), ['farm', '--rtp', '--together', ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: unknown[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  const done = new Promise<FarmSummary>((told) => child.once('exit', () => told(lines[1] as FarmSummary)));
  await until('the phones are registered', UP_MS_MAX, () => {
    if (child.exitCode !== null) throw new Error('the farm ended by itself');
    return lines.length > 0;
  });
  return {
    go: () => {
      child.stdin.write('go\n');
      return done;
    },
  };
}

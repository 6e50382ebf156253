import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Desk, openBrowser } from '../support/desk';
import { type Call, Phone } from '../support/phone';
import { binary, Server } from '../support/server';
import { type Conversation, endedConversationFrom, expectAtRest, expectSound } from '../support/story';
import { pass, until } from '../support/until';

/** Chosen by `cargo xtask capacity`; two of them in the long test. */
const minutes = Number(process.env.CALLISTO_MINUTES ?? 2);
const DESKS = ['chenxiao', 'linjing'] as const;
const PHONES = 18;
const WAITING = 10;
const UP_MS_MAX = 60_000;
const RATE = 5;
/** Thirty long recordings end at once, and a seal reads every byte. */
const SEALED_MS_MAX = 10_000 + minutes * 3_000;
const FARM_FROM = 13_500_000_000;

interface FarmFile {
  number: string;
  agents: { token: string; device_id: string; phone: unknown }[];
}

interface Farm {
  failed: number;
  failures: Record<string, number>;
  bridged: number;
  rtp_sent: number;
  rtp_lost: number;
  rtp_delay_ms: { p50: number; p99: number };
}

let server: Server;
let phone: Phone;
const desks: Desk[] = [];
/** The desks of the farm's agents. */
let held: ChildProcess | undefined;

beforeAll(async () => {
  phone = await Phone.start();
  server = await Server.start(undefined, { demo: `farm_agents = ${String(PHONES)}\n` });
  for (const username of DESKS) {
    const desk = await Desk.signIn(await openBrowser(1_000), server, username);
    await desk.ready();
    desks.push(desk);
  }
});

afterAll(async () => {
  for (const desk of desks) await desk.context.browser()?.close();
  held?.kill();
  await phone?.stop();
  await server?.stop();
});

/** The phones of the farm and as many callers, who talk until they have talked for `holdMs`. */
async function farm(holdMs: number): Promise<{ done: Promise<Farm> }> {
  const file = JSON.parse(readFileSync(join(server.dataDir, 'farm.json'), 'utf8')) as FarmFile;
  const phones = join(server.dir, 'phones.json');
  writeFileSync(phones, JSON.stringify(file.agents.map((agent) => agent.phone)), { mode: 0o600 });
  const numbers = { calls: PHONES, rate: RATE, 'hold-ms': holdMs, 'ring-ms': 500, 'from-base': FARM_FROM };
  const flags = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const target = server.manifest.sip_uri.replace('sip:', '');
  const fixed = ['farm', '--target', target, '--to', file.number, '--devices', phones, '--rtp', '--together'];
  const child = spawn(binary('testphone'), [...fixed, ...flags], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on('line', (line) =>
    lines.push(JSON.parse(line) as Record<string, unknown>),
  );
  await until('the phones are registered', UP_MS_MAX, () => lines.length > 0);
  await openDesks();
  for (const { token, device_id } of file.agents) {
    await put(token, '/api/v1/me/agent/state', { state: 'signed_in' });
    await put(token, '/api/v1/me/agent/phone', { device_id });
    await put(token, '/api/v1/me/agent/state', { state: 'ready' });
  }
  child.stdin.write('go\n');
  const done = new Promise<Farm>((told) => child.once('exit', () => told(lines[1] as unknown as Farm)));
  return { done };
}

/** An agent whose desk is not open is offered nothing. */
async function openDesks() {
  const address = new URL(server.manifest.http_url).host;
  const args = ['desks', '--http', address, '--agents', join(server.dataDir, 'farm.json')];
  held = spawn(binary('testphone'), args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  held.stdout!.on('data', (bytes: Buffer) => (said += bytes.toString()));
  await until('the desks are open', UP_MS_MAX, () => said.includes('open'));
}

async function put(token: string, path: string, body: unknown) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(server.manifest.http_url + path, { method: 'PUT', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`PUT ${path}: ${answer.status} ${await answer.text()}`);
}

/** A caller who talks to a desk. */
async function talksTo(desk: Desk, from: string): Promise<Call> {
  const call = await waits(from);
  await desk.accept();
  await call.hearsClearly(1_000);
  return call;
}

async function waits(from: string): Promise<Call> {
  const call = phone.call(server.uri(server.hotline), from, { tone_hz: 800 });
  await call.wait('answered');
  await call.press('1');
  return call;
}

/** One recording, whole and as long as the call was. */
async function expectRecorded(conversation: Conversation) {
  const path = `/api/v1/conversations/${conversation.id}/recordings`;
  const { items } = await server.api<{ items: { state: string; gaps: number; duration_ms: number }[] }>('GET', path);
  expect(items).toMatchObject([{ state: 'sealed', gaps: 0 }]);
  const at = (kind: string) => conversation.timeline.find((event) => event.kind === kind)!.at_us / 1_000;
  const customer = conversation.timeline.filter(({ kind }) => kind === 'leg_left').at(-1)!.at_us / 1_000;
  expect(Math.abs(items[0]!.duration_ms - (customer - at('leg_answered')))).toBeLessThan(1_000);
}

test(
  'twenty talk and ten wait, all recorded, for as long as asked: no set-up fails, no packet is lost, thirty recordings are whole',
  async () => {
    const phones = await farm(minutes * 60_000);
    const talking = [await talksTo(desks[0]!, '13700000001'), await talksTo(desks[1]!, '13700000002')];
    const waiting: Call[] = [];
    while (waiting.length < WAITING) waiting.push(await waits(`1360000${String(1_000 + waiting.length)}`));
    let counts: Record<string, number> = {};
    await until('thirty calls are up', UP_MS_MAX, async () => {
      counts = await server.census();
      return counts.conversations === 30 && counts.recordings === 30 && counts.telephone_legs === 30 + PHONES;
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(counts)}`);
    });
    const load = server.cpuSeconds();
    await pass(minutes * 60_000);
    const cpu = (server.cpuSeconds() - load) / (minutes * 60);
    for (const desk of desks) await desk.hearsClearly(800);
    for (const call of talking) await call.hearsClearly(1_000);
    const heard = [];
    for (const call of [...talking, ...waiting]) heard.push(await call.stats());
    const told = await phones.done;
    for (const call of [...talking, ...waiting]) call.bye();
    for (const desk of desks) {
      await desk.inState('wrap_up');
      await desk.id('wrap-up-finish').first().click();
    }
    process.stdout.write(
      `${String(minutes)} min: CPU ${(cpu * 100).toFixed(1)} % of a core, resident ${String(Math.round(server.rss() / 2 ** 20))} MiB, ` +
        `farm ${JSON.stringify(told)}, others lost ${JSON.stringify(heard.map((one) => one.lost))}\n`,
    );
    expect(told).toMatchObject({ failed: 0, bridged: PHONES, rtp_lost: 0 });
    expect(heard.map((one) => one.lost)).toEqual(heard.map(() => 0));
    const numbers = [
      '13700000001',
      '13700000002',
      ...waiting.map((_, n) => `1360000${String(1_000 + n)}`),
      ...Array.from({ length: PHONES }, (_, n) => String(FARM_FROM + n)),
    ];
    for (const number of numbers) {
      const conversation = await endedConversationFrom(server, number, 20_000);
      expectSound(conversation);
      await until('its recording is sealed', SEALED_MS_MAX, async () => {
        const list = await server.api<{ items: { state: string }[] }>(
          'GET',
          `/api/v1/conversations/${conversation.id}/recordings`,
        );
        return list.items.every(({ state }) => state === 'sealed');
      });
      await expectRecorded(await endedConversationFrom(server, number));
    }
    expect(await server.verify()).toContain('nothing was altered');
    for (const desk of desks.splice(0)) await desk.close();
    held?.kill();
    await expectAtRest(server);
  },
  (minutes + 10) * 60_000,
);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { callTone } from './support/call-tone';
import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { freePort } from './support/ports';
import { Registrar } from './support/registrar';
import { Server } from './support/server';
import { Sipp } from './support/sipp';
import { type Conversation, endedConversationFrom } from './support/story';
import { until } from './support/until';

const SECONDS = 1_000;
/** Two callers wait for their minute while the registration comes and goes. */
const STORY_MS_MAX = 240_000;
const STOPS = '13500000001';
const NEVER = '13500000002';

interface Floor {
  trunks: { registration: string | null; registration_since: number | null }[];
}

const dir = mkdtempSync(join(tmpdir(), 'callisto-account-'));

let registrar: Registrar;
let server: Server;
let sunyue: Desk;
let stops: Sipp;
let never: Sipp;

beforeAll(async () => {
  const port = await freePort();
  registrar = await Registrar.start(port);
  registrar.status = '403 Forbidden';
  // The last table of the configuration is the trunk.
  const password = join(dir, 'password');
  writeFileSync(password, 'not asked for', { mode: 0o600 });
  const register = `[trunk.register]\nserver = "127.0.0.1:${port}"\nuser = "line"\npassword_file = "${password}"\n`;
  server = await Server.start(undefined, { more: `${register}[drain]\ntimeout_s = 0\n` });
  const target = server.manifest.sip_uri.replace('sip:', '');
  stops = await Sipp.waits(target, server.hotline, STOPS, callTone([{ hz: 800, ms: 3_000 }]));
  never = await Sipp.waits(target, server.hotline, NEVER, null);
  sunyue = await Desks.signIn(await openBrowser(1_000), server, 'sunyue');
});
afterAll(async () => {
  await sunyue?.page.context().browser()?.close();
  for (const caller of [stops, never]) caller?.stop();
  await server?.stop();
  registrar?.stop();
  rmSync(dir, { recursive: true });
});

async function floorSays(state: string, words: string, limitMs: number) {
  const line = sunyue.id('floor-trunk').first();
  await until(`the trunk is ${state}`, limitMs, async () => (await line.getAttribute('data-state')) === state);
  expect(await line.textContent()).toContain(words);
}

test('a registration a carrier refuses, takes and loses is seen on the floor', { timeout: STORY_MS_MAX }, async () => {
  await sunyue.page.goto(`${server.manifest.http_url}/floor`);
  await floorSays('unregistered', '未注册', 20 * SECONDS);
  const row = async () => (await server.api<Floor>('GET', '/api/v1/floor')).trunks[0]!;
  expect((await row()).registration).toBe('refused');
  const refusedAt = (await row()).registration_since!;

  // A refusal is tried again after half a minute.
  registrar.status = '200 OK';
  await floorSays('up', '正常', 100 * SECONDS);
  expect((await row()).registration).toBe('registered');
  expect((await row()).registration_since).toBeGreaterThan(refusedAt);
  const { username } = server.manifest.users.find(({ role }) => role === 'administrator')!;
  const admin = await Desks.signIn(await openBrowser(1_000), server, username);
  await admin.page.goto(`${server.manifest.http_url}/settings/system`);
  const shown = admin.id('system-trunk-registration').first();
  await until('the system page says so', 10 * SECONDS, async () => (await shown.textContent()) === '已注册');

  registrar.status = '503 Service Unavailable';
  await floorSays('unregistered', '未注册', 30 * SECONDS);
  expect((await row()).registration).toBe('unreachable');
  await until('the system page says so', 10 * SECONDS, async () => (await shown.textContent()) === '没有应答');
  await admin.page.context().browser()?.close();
  registrar.status = '200 OK';
  await floorSays('up', '正常', 30 * SECONDS);
});

/** Seconds between two facts of a conversation. */
function between({ timeline }: Conversation, from: string, to: string): number {
  const at = (kind: string) => timeline.find((one) => one.kind === kind)!.at_us;
  return (at(to) - at(from)) / 1e6;
}

test('a caller whose sound stops, or never comes, is let go as lost', { timeout: STORY_MS_MAX }, async () => {
  await Promise.all([stops.ended(), never.ended()]);
  const lost = { by: 'network', reason: 'media_lost' };
  const stopped = await endedConversationFrom(server, STOPS);
  expect(stopped.end).toEqual(lost);
  const silent = await endedConversationFrom(server, NEVER);
  expect(silent.end).toEqual(lost);
  // Half a minute after three seconds of sound; a minute after the answer.
  expect(Math.abs(between(stopped, 'leg_answered', 'conversation_ended') - 33)).toBeLessThan(5);
  expect(Math.abs(between(silent, 'leg_answered', 'conversation_ended') - 60)).toBeLessThan(5);
  await sunyue.page.goto(`${server.manifest.http_url}/conversations/${stopped.id}`);
  await sunyue.page.getByText('声音中断').first().waitFor();
});

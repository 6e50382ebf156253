import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Desk, openBrowser } from '../support/desk';
import {
  begin,
  FARM_FROM,
  farmFile,
  type FarmSummary,
  openDesks,
  plant,
  requireEncryption,
  selfSigned,
} from '../support/farm';
import { ended, expectWhole } from '../support/mix/judge';
import { Mix, type MixReport, seeded } from '../support/mix/mix';
import { people, type People } from '../support/mix/people';
import { type Call, Phone } from '../support/phone';
import { freePort } from '../support/ports';
import { Server } from '../support/server';
import { expectAtRest, expectSound } from '../support/story';
import { pass, until } from '../support/until';

/** Chosen by `cargo xtask capacity`; two of them in the long test. */
const minutes = Number(process.env.CALLISTO_MINUTES ?? 2);
const DESKS = ['chenxiao', 'linjing'] as const;
const PHONES = 18;
/** Of these, over TLS with SRTP. */
const SECURE = 6;
/** Agents beside the twenty, whose customers come, are handed on and go, and a supervisor. */
const MOVING = 7;
const WAITING = 10;
/** Below what other tests and measurements on the same machine take: they could have every port of an hour's range for a moment. */
const RTP_FIRST = 6_000;
const UP_MS_MAX = 60_000;
/** Thirty long recordings end at once, and a seal reads every byte. */
const SEALED_MS_MAX = 10_000 + minutes * 3_000;
/** How often somebody does something: in a short run often enough that everything comes once. */
const EVERY_MS = 1_000 * Math.min(20, Math.max(8, minutes * 4));
const LOSS_MAX = 0.001;
const SEED = 20;

let server: Server;
let phone: Phone;
let far: Phone;
let door: { port: number; ca: string };
const desks: Desk[] = [];
/** The desks of agents without a screen. */
let held: ChildProcess | undefined;
let staff: People | undefined;

beforeAll(async () => {
  phone = await Phone.start();
  far = await Phone.start();
  const port = await freePort();
  server = await Server.stopped(far.address, {
    sip: `tls_bind = "127.0.0.1:${String(port)}"\n`,
    demo: `farm_agents = ${String(PHONES + MOVING)}\n`,
    rtp: RTP_FIRST,
  });
  const [cert, key] = [join(server.dir, 'phones.cert.pem'), join(server.dir, 'phones.key.pem')];
  selfSigned(cert, key);
  door = { port, ca: cert };
  server.addSip(`cert_file = "${cert}"\nprivate_key_file = "${key}"\n`);
  await server.run();
  for (const username of DESKS) {
    const desk = await Desk.signIn(await openBrowser(1_000), server, username);
    await desk.ready();
    desks.push(desk);
  }
});

afterAll(async () => {
  for (const desk of desks) await desk.context.browser()?.close();
  held?.kill();
  await staff?.stop();
  await phone?.stop();
  await far?.stop();
  await server?.stop();
});

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

/** By number, the conversations that are live. */
async function liveConversations(): Promise<Map<string, string>> {
  const path = '/api/v1/conversations?limit=200&state=live';
  const { items } = await server.api<{ items: { id: string; from: string }[] }>('GET', path);
  return new Map(items.map(({ id, from }) => [from, id]));
}

const mib = (bytes: number) => Math.round(bytes / 2 ** 20);

/** Everything the run found, as one line of JSON, and in a file where one is named. */
function tell(
  cpu: number,
  residentMib: number[],
  farm: FarmSummary,
  others: { received: number; lost: number }[],
  mix: MixReport,
) {
  const sum = (of: (one: { received: number; lost: number }) => number) =>
    others.reduce((all, one) => all + of(one), 0);
  const report = {
    minutes,
    set_ups: farm.offered + others.length + mix.calls,
    set_ups_failed: farm.failed + mix.calls_failed,
    cpu_percent_of_a_core: Math.round(cpu * 1_000) / 10,
    resident_mib: residentMib,
    lost_fraction:
      (farm.rtp_lost + sum((one) => one.lost) + mix.lost) / (farm.rtp_sent + sum((one) => one.received) + mix.received),
    farm,
    long_others: { received: sum((one) => one.received), lost: sum((one) => one.lost) },
    mix,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  const file = process.env.CALLISTO_REPORT;
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

test(
  'twenty talk and ten wait, all recorded, while others are held, handed on and supervised: no set-up fails, of a thousand packets not one is lost, every recording is whole',
  async () => {
    const file = farmFile(server);
    const [standing, moving] = [file.agents.slice(0, PHONES), file.agents.slice(PHONES)];
    await requireEncryption(server, standing.slice(0, SECURE));
    staff = await people(server, moving, far, door);
    held = await openDesks(server, file.agents);
    const planted = await plant(server, standing, minutes * 60_000, SECURE, door);
    for (const agent of standing) await begin(server, agent);
    const farm = planted.go();
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
    const [load, end] = [server.cpuSeconds(), Date.now() + minutes * 60_000];
    const long = await liveConversations();
    const resident = [mib(server.rss())];
    expect(long.size).toBe(30);

    const { seats, supervisor, outside } = await staff.begin();
    const mix = new Mix(server, phone, file.number, file.queue_id, seats, supervisor, outside, EVERY_MS, seeded(SEED));
    await mix.run(end);
    await pass(Math.max(0, end - Date.now()));
    const cpu = (server.cpuSeconds() - load) / (minutes * 60);
    resident.push(mib(server.rss()));

    for (const desk of desks) await desk.hearsClearly(800);
    for (const call of talking) await call.hearsClearly(1_000);
    const heard: { received: number; lost: number }[] = [];
    for (const call of [...talking, ...waiting]) {
      const { received, lost } = await call.stats();
      heard.push({ received: Number(received), lost: Number(lost) });
    }
    const told = await farm;
    for (const call of [...talking, ...waiting]) call.bye();
    for (const desk of desks) await desk.finishWrapUp();
    const report = tell(cpu, resident, told, heard, mix.report);

    expect(report.mix.failures).toEqual([]);
    expect(report.set_ups_failed).toBe(0);
    expect(told).toMatchObject({ failed: 0, bridged: PHONES, secure_phones: SECURE, srtp_refused: 0 });
    // Fifty a second to each of the encrypted phones.
    expect(told.srtp_opened).toBeGreaterThan(SECURE * minutes * 60 * 49);
    expect(report.lost_fraction).toBeLessThan(LOSS_MAX);
    for (const id of long.values()) {
      const conversation = await ended(server, id);
      expectSound(conversation);
      await expectWhole(server, conversation, SEALED_MS_MAX);
    }
    expect([...long.keys()]).toContain(String(FARM_FROM));
    expect(await server.verify()).toContain('nothing was altered');
    for (const desk of desks.splice(0)) await desk.close();
    held?.kill();
    await expectAtRest(server);
  },
  (minutes + 10) * 60_000,
);

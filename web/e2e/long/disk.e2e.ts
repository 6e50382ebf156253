import { afterEach, expect, test } from 'vitest';

import { centre } from '../support/centre';
import type { Desk } from '../support/desk';
import { fillDisk, makeRoom } from '../support/full-disk';
import type { Call } from '../support/phone';
import { endedConversationFrom, expectAtRest, expectNothingLeftOver, expectSound } from '../support/story';
import { pass, until } from '../support/until';

const here = centre();
const CALLS = 20;
const STALL_MS = 2_000;
/** A gap in what a telephone hears that nobody would call a gap: two packets of 20 ms, and the scheduling of this machine. */
const SILENT_MS_MAX = 100;

interface Caller {
  call: Call;
  from: string;
}

const healthy = async () => (await fetch(`${here.server.manifest.http_url}/healthz`)).ok;

/** One talks, the others hear music in the queue. */
async function twentyCalls() {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const talker = await here.waiting();
  await desk.accept();
  const waiting: Caller[] = [];
  while (waiting.length < CALLS - 1) waiting.push(await here.waiting({ tone_hz: 500 }));
  await talker.call.hearsClearly(1_000);
  await until('all hear music', 20_000, async () => {
    const levels = await Promise.all(waiting.map(({ call }) => call.listen(undefined, 300)));
    return levels.every((heard) => heard.level_dbov > -40);
  });
  return { desk, talker, waiting };
}

/** What all of them heard over the last second was whole. */
async function expectWhole(talker: Caller, waiting: Caller[]) {
  const [voice, ...music] = await Promise.all([
    talker.call.listen(1_000, 1_000),
    ...waiting.map(({ call }) => call.listen(undefined, 1_000)),
  ]);
  expect(voice.snr_db).toBeGreaterThan(20);
  for (const heard of [voice, ...music]) {
    expect(heard.level_dbov).toBeGreaterThan(-40);
    expect(heard.silent_ms).toBeLessThan(SILENT_MS_MAX);
  }
}

/** The talker's conversation ends with the wrap-up. */
async function everybodyGoes(desk: Desk, all: Caller[]) {
  for (const { call } of all) call.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  for (const { from } of all) expectSound(await endedConversationFrom(here.server, from, 20_000));
}

/** A carrier tries again after a 503: the door opens within a moment of the node being well. */
async function aCallIsTaken() {
  await until('new calls are taken again', 10_000, async () => {
    const call = here.phone.call(here.server.uri(here.server.hotline), here.nextNumber());
    const has = (event: string) => call.events(event).length > 0;
    await until('it is answered or refused', 10_000, () => has('answered') || has('rejected'));
    if (has('answered')) call.bye();
    return has('answered');
  });
}

/** What became of the recording of a conversation, once it is known. */
async function recordingFrom(from: string): Promise<{ state: string; gaps: number }> {
  const { id } = await endedConversationFrom(here.server, from);
  const path = `/api/v1/conversations/${id}/recordings`;
  const read = async () => (await here.server.api<{ items: { state: string; gaps: number }[] }>('GET', path)).items[0]!;
  await until('the recording has its end in the books', 20_000, async () => (await read()).state !== 'live');
  return read();
}

// A story that fails in the middle must not leave a full disk under the next one.
afterEach(() => makeRoom(here.server.pid));

test('the disk is full with twenty on the line: nobody hears it, new calls get 503, the floor says so, the books are whole', async () => {
  const { desk, talker, waiting } = await twentyCalls();
  fillDisk(here.server.pid);
  // The next event finds the disk full: somebody leaves, which acts at once and is written when there is room again.
  const gone = waiting.shift()!;
  gone.call.bye();
  await gone.call.wait('ended', 2_000);
  await until('the node says that it cannot write', 10_000, async () => !(await healthy()));
  const refused = here.phone.call(here.server.uri(here.server.hotline), here.nextNumber());
  expect((await refused.wait('rejected')).code).toBe(503);
  await pass(2_000);
  await expectWhole(talker, waiting);
  const floor = await here.server.api<{ ledger_ok: boolean; recordings_ok: boolean }>('GET', '/api/v1/floor');
  expect(floor).toMatchObject({ ledger_ok: false, recordings_ok: false });

  makeRoom(here.server.pid);
  await until('the node can write again', 10_000, healthy);
  await aCallIsTaken();
  await everybodyGoes(desk, [gone, talker, ...waiting]);
  // What could not be written of the talk is a gap, and the rest of it is there.
  const kept = await recordingFrom(talker.from);
  expect(kept.state).toBe('sealed');
  expect(kept.gaps).toBeGreaterThan(0);
  expect(await here.server.verify()).toContain('nothing was altered');
  await desk.close();
  await expectAtRest(here.server);
});

test('the disk stalls for two seconds again and again with twenty on the line: nobody hears it and the books are whole', async () => {
  const { desk, talker, waiting } = await twentyCalls();
  for (let stall = 0; stall < 3; stall++) {
    await here.server.api('POST', '/api/v1/test/faults', { stall_ms: STALL_MS });
    const gone = waiting.shift()!;
    gone.call.bye();
    await gone.call.wait('ended', 1_500);
    await pass(STALL_MS);
    await expectWhole(talker, waiting);
    expectSound(await endedConversationFrom(here.server, gone.from, 5_000));
  }
  await until('the node is well', 5_000, healthy);
  await everybodyGoes(desk, [talker, ...waiting]);
  expect(await recordingFrom(talker.from)).toMatchObject({ state: 'sealed' });
  await desk.close();
  await expectAtRest(here.server);
});

test('nothing is left over', async () => {
  await expectNothingLeftOver(here.server);
});

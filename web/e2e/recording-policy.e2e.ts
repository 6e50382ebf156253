import { afterEach, expect, test } from 'vitest';

import { centre } from './support/centre';
import type { Desk } from './support/desk';
import { allFilesOf } from './support/files';
import { audio, recordingsOf, sealedOf, secondsTo, type Recording } from './support/recordings';
import { type Conversation, conversationFrom, endedConversationFrom, expectAtRest } from './support/story';
import { pass, until } from './support/until';
import { levelDb, readWav } from './support/wav';

const here = centre(undefined, { more: '[drain]\ntimeout_s = 0\n[log]\nlevel = "debug"\n' });
const CALLER_HZ = 800;
const SILENCE_DB = -80;
const SOUND_DB = -45;
/** Digits of a test card, in an order that nothing else here has. */
const CARD = '4929730418265503';
const CONSENT_LINE = '4008001238';

interface Policy {
  version: number;
  before_queue: boolean;
  outbound: { mode: string; share_percent: number | null };
  pause_max_s: number;
  consent_required: boolean;
}
interface Queue {
  id: string;
  name: string;
  version: number;
}
interface Gap {
  from_ms: number;
  length_ms: number;
  cause?: string;
}
interface DeskRecording {
  state: string;
  paused_since_us?: number;
  pause_ends_at_us?: number;
  may_start: boolean;
  may_stop: boolean;
}

async function policy(change: Partial<Policy>) {
  const now = await here.server.api<Policy>('GET', '/api/v1/recording-policy');
  return here.server.api<Policy>('PUT', '/api/v1/recording-policy', { ...now, ...change });
}

/** Sets what is kept of every queue. */
async function queues(mode: string, share: number | null = null) {
  const { items } = await here.server.api<{ items: Queue[] }>('GET', '/api/v1/queues');
  for (const { id, version } of items) {
    const recording = { mode, share_percent: share };
    await here.server.api('PATCH', `/api/v1/queues/${id}`, { version, recording });
  }
}

// Whatever a story that failed has set must not be what the next one begins with.
afterEach(async () => {
  await queues('all');
  const outbound = { mode: 'all', share_percent: null };
  await policy({ before_queue: true, outbound, pause_max_s: 600, consent_required: false });
});

/** Asks as the agent at the desk, with the session of the page; gives back the status and the code of a problem. */
async function asAgent(desk: Desk, path: string, body?: unknown) {
  return desk.page.evaluate(
    async ([where, what]) => {
      const me = (await (await fetch('/api/v1/me')).json()) as { csrf_token: string };
      const headers = {
        'content-type': 'application/json',
        'x-csrf-token': me.csrf_token,
        'idempotency-key': crypto.randomUUID(),
      };
      const answer = await fetch(where, {
        method: 'POST',
        headers,
        ...(what === undefined ? {} : { body: JSON.stringify(what) }),
      });
      const told = (await answer.json()) as { code?: string };
      return { status: answer.status, code: told.code };
    },
    [path, body] as const,
  );
}

/** A program whose token may pause and nothing else; asks and gives back the status. */
async function payments() {
  const wanted = { name: 'payments', permissions: ['recordings.pause'] };
  const { secret } = await here.server.api<{ secret: string }>('POST', '/api/v1/tokens', wanted);
  return async (method: string, path: string, body?: unknown): Promise<number> => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    return (await fetch(here.server.manifest.http_url + path, { method, headers, body: JSON.stringify(body) })).status;
  };
}

/** The talk at the desk, as the server tells the client. */
async function talk(desk: Desk) {
  const state = await desk.page.evaluate(async () => (await fetch('/api/v1/me/state')).json() as Promise<unknown>);
  return (state as { handlings: { id: string; recording?: DeskRecording }[] }).handlings[0]!;
}

async function recordingIs(desk: Desk, wanted: string, limitMs = 5_000) {
  await until(`the talk is ${wanted}`, limitMs, async () => (await talk(desk)).recording?.state === wanted);
}

function at(conversation: Conversation, recording: Recording, kind: string): number {
  return secondsTo(
    conversation.timeline.find((one) => one.kind === kind)!,
    recording,
  );
}

/** Ends the call at the desk and tells what became of the conversation. */
async function over(desk: Desk, from: string): Promise<Conversation> {
  await desk.id('call-hang-up').first().click();
  await desk.finishWrapUp();
  return endedConversationFrom(here.server, from);
}

test('who agrees by key is recorded from then on, and who refuses has no recording through a transfer', async () => {
  await policy({ consent_required: true });
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const yes = await here.call({ to: CONSENT_LINE, tone_hz: CALLER_HZ });
  await until('the question is heard', 3_000, async () => (await yes.call.listen(undefined, 200)).level_dbov > -35);
  await yes.call.press('1');
  await desk.accept();
  await desk.hearsClearly(CALLER_HZ, 4);
  await recordingIs(desk, 'on');
  const agreed = await over(desk, yes.from);
  const kinds = agreed.timeline.map((one) => one.kind);
  expect(kinds.indexOf('consent_given')).toBeLessThan(kinds.indexOf('recording_started'));
  expect(agreed.timeline.find((one) => one.kind === 'consent_given')!.data.how).toBe('key');
  const kept = await sealedOf(here.server, agreed.id, 5_000);
  expect(kept.duration_ms).toBeGreaterThan(2_000);

  await desk.inState('ready');
  const no = await here.call({ to: CONSENT_LINE, tone_hz: CALLER_HZ });
  await pass(500);
  await no.call.press('2');
  await desk.accept();
  await desk.hearsClearly(CALLER_HZ, 2);
  await recordingIs(desk, 'refused');
  const { id } = await talk(desk);
  expect(await asAgent(desk, `/api/v1/handlings/${id}/start-recording`)).toEqual({
    status: 409,
    code: 'consent_refused',
  });
  expect(await asAgent(desk, `/api/v1/handlings/${id}/consent`, { given: true })).toEqual({
    status: 409,
    code: 'consent_refused',
  });
  const { items } = await here.server.api<{ items: Queue[] }>('GET', '/api/v1/queues');
  const other = items.find((queue) => queue.name.includes('Service') || queue.name.includes('售后'))!;
  await asAgent(desk, `/api/v1/handlings/${id}/transfer`, { queue_id: other.id });
  await pass(1_500);
  no.call.bye();
  await desk.finishWrapUp();
  const refused = await endedConversationFrom(here.server, no.from);
  expect(refused.timeline.map((one) => one.kind)).toContain('consent_refused');
  expect(await recordingsOf(here.server, refused.id)).toEqual([]);
  // The browser reports the two requests that were refused on purpose.
  expect(desk.complaints.filter((said) => !said.includes('409'))).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});

test('on demand the agent starts and stops, and only that stretch is there', async () => {
  await policy({ before_queue: false });
  await queues('on_demand');
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting({ tone_hz: CALLER_HZ });
  await desk.accept();
  await desk.hearsClearly(CALLER_HZ, 2);
  const { id, recording } = await talk(desk);
  expect(recording).toEqual({ state: 'off', may_start: true, may_stop: false });
  expect((await asAgent(desk, `/api/v1/handlings/${id}/start-recording`)).status).toBe(200);
  await recordingIs(desk, 'on');
  expect((await talk(desk)).recording).toMatchObject({ may_start: false, may_stop: true });
  await pass(3_000);
  expect((await asAgent(desk, `/api/v1/handlings/${id}/stop-recording`)).status).toBe(200);
  await recordingIs(desk, 'off');
  await pass(2_000);
  const conversation = await over(desk, from);
  await call.wait('ended');
  const all = await recordingsOf(here.server, conversation.id);
  expect(all.length).toBe(1);
  const sealed = await sealedOf(here.server, conversation.id, 5_000);
  expect(sealed.duration_ms).toBeGreaterThan(2_500);
  expect(sealed.duration_ms).toBeLessThan(4_500);
  const wav = readWav((await audio(here.server, sealed.id)).bytes);
  for (const side of ['left', 'right'] as const) expect(levelDb(wav, side, 0.5, 2.5)).toBeGreaterThan(SOUND_DB);
  expect(desk.complaints).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});

test('a program pauses a talk by the conversation: both sides are silent, and keys pressed meanwhile are nowhere', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting({ tone_hz: CALLER_HZ });
  await desk.accept();
  await desk.hearsClearly(CALLER_HZ, 4);
  const { id } = await conversationFrom(here.server, from);
  const program = await payments();
  expect(await program('GET', '/api/v1/floor')).toBe(403);
  expect(await program('POST', `/api/v1/conversations/${id}/pause-recording`, { reason: 'card_data' })).toBe(200);
  await recordingIs(desk, 'paused');
  expect((await talk(desk)).recording!.pause_ends_at_us! - (await talk(desk)).recording!.paused_since_us!).toBe(
    600_000_000,
  );
  for (const key of CARD) await call.press(key);
  await pass(500);
  expect(await program('POST', `/api/v1/conversations/${id}/resume-recording`)).toBe(200);
  await recordingIs(desk, 'on');
  await pass(2_500);
  const conversation = await over(desk, from);
  const sealed = await sealedOf(here.server, conversation.id, 5_000);
  const wav = readWav((await audio(here.server, sealed.id)).bytes);
  const [paused, resumed] = [
    at(conversation, sealed, 'recording_paused'),
    at(conversation, sealed, 'recording_resumed'),
  ];
  for (const side of ['left', 'right'] as const) {
    expect(levelDb(wav, side, paused - 1.2, paused - 0.2)).toBeGreaterThan(SOUND_DB);
    expect(levelDb(wav, side, paused + 0.2, resumed - 0.2)).toBeLessThan(SILENCE_DB);
    expect(levelDb(wav, side, resumed + 0.5, resumed + 1.5)).toBeGreaterThan(SOUND_DB);
  }
  // What was paused for is missing without being lost: the waveform has a stretch without a cause, and no gap is counted.
  expect(sealed.gaps).toBe(0);
  const { gaps } = await here.server.api<{ gaps: Gap[] }>('GET', `/api/v1/recordings/${sealed.id}/peaks`);
  expect(gaps.length).toBeGreaterThan(0);
  for (const gap of gaps) {
    expect(gap.cause).toBeUndefined();
    expect(Math.abs(gap.from_ms / 1_000 - paused)).toBeLessThan(0.2);
    expect(Math.abs(gap.length_ms / 1_000 - (resumed - paused))).toBeLessThan(0.4);
  }
  const told = JSON.stringify(await here.server.api('GET', `/api/v1/conversations/${conversation.id}`));
  const log = here.server.log();
  for (const place of [told, log]) expect(place).not.toContain(CARD);
  const kinds = conversation.timeline.map((one) => one.kind);
  expect(kinds.indexOf('recording_resumed')).toBe(kinds.indexOf('recording_paused') + 1);
  // One digit after another, each in a line of its own, would be as bad.
  expect(log).toContain('DEBUG');
  expect(log.match(/digit|dtmf|Key\(/gi) ?? []).toEqual([]);
  expect(allFilesOf(here.server.dataDir).filter((file) => file.bytes.includes(CARD))).toEqual([]);
  expect(desk.complaints).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});

test('a pause nobody ends is over by itself', async () => {
  await policy({ pause_max_s: 30 });
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { from } = await here.waiting({ tone_hz: CALLER_HZ });
  await desk.accept();
  const { id } = await talk(desk);
  await asAgent(desk, `/api/v1/handlings/${id}/pause-recording`, { reason: 'card_data' });
  await recordingIs(desk, 'paused');
  await recordingIs(desk, 'on', 35_000);
  const conversation = await over(desk, from);
  const [began, ended] = ['recording_paused', 'recording_resumed'].map((kind) =>
    conversation.timeline.find((one) => one.kind === kind)!,
  );
  expect(ended!.data.why).toBe('time');
  expect(ended!.data.agent_id).toBeUndefined();
  expect(Math.abs((ended!.at_us - began!.at_us) / 1e6 - 30)).toBeLessThan(1);
  expect(desk.complaints).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});

test('of a share, conversations that are drawn have a recording and the others have none', async () => {
  await policy({ before_queue: false });
  await queues('share', 50);
  const told = new Map<string, boolean>();
  for (let n = 0; n < 14; n += 1) {
    const { call, from } = await here.waiting({ tone_hz: CALLER_HZ });
    await pass(700);
    call.bye();
    await call.wait('ended');
    const { id, timeline } = await endedConversationFrom(here.server, from);
    const rules = timeline.filter((one) => one.kind === 'recording_ruled' && one.data.mode === 'share');
    expect(rules.length).toBe(1);
    told.set(id, rules[0]!.data.drawn === true);
  }
  for (const [id, drawn] of told) {
    expect((await recordingsOf(here.server, id)).length).toBe(drawn ? 1 : 0);
  }
  // That fourteen fair lots fall alike happens once in eight thousand runs.
  expect(new Set(told.values()).size).toBe(2);
  await expectAtRest(here.server);
});

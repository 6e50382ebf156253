import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { faultsOf } from './support/look';
import { audio, type Recording, recordingsOf, sealedOf, secondsTo } from './support/recordings';
import { type Conversation, conversationFrom, endedConversationFrom, expectAtRest, plot } from './support/story';
import { pass, until } from './support/until';
import { levelDb, readWav, toneDb } from './support/wav';

const here = centre();
const CALLER_HZ = 800;
const AGENT_HZ = 1_000;
const SILENCE_DB = -80;

/** Seconds from the beginning of a recording to the first event of a kind. */
function at(conversation: Conversation, recording: Recording, kind: string): number {
  const event = conversation.timeline.find((one) => one.kind === kind);
  if (!event) throw new Error(`no ${kind} in ${plot(conversation).join(', ')}`);
  return secondsTo(event, recording);
}

test('both sides of a call are kept, each on its own, and can be heard by range two seconds after the end', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting({ tone_hz: CALLER_HZ });
  await desk.accept();
  await desk.hearsClearly(CALLER_HZ, 4);
  const { id } = await conversationFrom(here.server, from);
  const live = (await recordingsOf(here.server, id))[0]!;
  expect(live.state).toBe('live');
  await until('the call can be heard while it goes on', 5_000, async () => {
    const heard = await audio(here.server, live.id);
    return heard.status === 200 && readWav(heard.bytes).seconds > 1;
  });
  call.bye();
  const ended = Date.now();
  const sealed = await sealedOf(here.server, id, 2_000);
  expect(Date.now() - ended).toBeLessThan(2_000);
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  const conversation = await endedConversationFrom(here.server, from);

  const whole = await audio(here.server, live.id);
  expect(whole.status).toBe(200);
  expect(whole.headers.get('accept-ranges')).toBe('bytes');
  const wav = readWav(whole.bytes);
  const talk = at(conversation, sealed, 'handling_started');
  const over = at(conversation, sealed, 'handling_ended');
  expect(Math.abs(wav.seconds - over)).toBeLessThan(1);
  expect(Math.abs(wav.seconds * 1_000 - sealed.duration_ms!)).toBeLessThan(100);
  const stretch = [talk + 1, over - 0.5] as const;
  const [callerLeft, callerRight] = (['left', 'right'] as const).map((side) =>
    toneDb(wav, side, CALLER_HZ, ...stretch),
  );
  const [agentLeft, agentRight] = (['left', 'right'] as const).map((side) => toneDb(wav, side, AGENT_HZ, ...stretch));
  expect(callerLeft).toBeGreaterThan(-30);
  expect(agentRight).toBeGreaterThan(-40);
  expect(callerRight! - callerLeft!).toBeLessThan(-40);
  expect(agentLeft! - agentRight!).toBeLessThan(-40);

  const part = await audio(here.server, live.id, 'bytes=40044-72043');
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 40044-72043/${whole.bytes.length}`);
  expect(Buffer.from(part.bytes).equals(Buffer.from(whole.bytes.slice(40_044, 72_044)))).toBe(true);
  expect((await audio(here.server, live.id, `bytes=${whole.bytes.length}-`)).status).toBe(416);
  expect(desk.complaints).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});

test('an agent pauses the recording for card data: nothing of either side is kept, and the player says so', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting({ tone_hz: CALLER_HZ });
  await desk.accept();
  await pass(2_000);
  const recording = (state: string) =>
    desk.page.locator(`[data-testid="call-recording"][data-state="${state}"]`).first();
  await recording('on').click();
  await desk.id('recording-pause-card_data').click();
  await recording('paused').waitFor();
  await pass(3_000);
  await recording('paused').click();
  await recording('on').waitFor();
  await pass(2_000);
  await desk.id('call-hang-up').first().click();
  await call.wait('ended');
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  const conversation = await endedConversationFrom(here.server, from);
  const sealed = await sealedOf(here.server, conversation.id, 5_000);
  const wav = readWav((await audio(here.server, sealed.id)).bytes);
  const paused = at(conversation, sealed, 'recording_paused');
  const resumed = at(conversation, sealed, 'recording_resumed');
  for (const side of ['left', 'right'] as const) {
    expect(levelDb(wav, side, paused + 0.3, resumed - 0.3)).toBeLessThan(SILENCE_DB);
    expect(levelDb(wav, side, paused - 1.2, paused - 0.3)).toBeGreaterThan(-45);
    expect(levelDb(wav, side, resumed + 0.5, resumed + 1.5)).toBeGreaterThan(-45);
  }

  await desk.page.goto(`${here.server.manifest.http_url}/conversations/${conversation.id}`);
  await desk.id('recording-play').click();
  const position = () => desk.page.evaluate(() => document.querySelector('audio')!.currentTime);
  await until('the recording plays', 5_000, async () => (await position()) > 0.5);
  await desk.id('recording-play').click();
  await desk.id('recording-gap').locator('button').first().click();
  expect(await faultsOf(desk.page, 'conversation-paused')).toEqual([]);
  await until('the player stands at the pause', 3_000, async () => Math.abs((await position()) - paused) < 0.5);
  expect(desk.complaints).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});

test('a download is for supervisors, and the audit trail says who listened and who downloaded', async () => {
  const { items } = await here.server.api<{ items: { id: string }[] }>('GET', '/api/v1/conversations?limit=1');
  const [recording] = await recordingsOf(here.server, items[0]!.id);
  const desk = await here.desk('sunyue');
  await desk.page.goto(`${here.server.manifest.http_url}/conversations/${items[0]!.id}`);
  const loaded = desk.page.waitForEvent('download');
  await desk.id('recording-download').click();
  await desk.id('download-reason').fill('quality');
  await desk.id('download-go').click();
  expect((await loaded).suggestedFilename()).toContain(`-${recording!.id}.wav`);
  const trail = await here.server.api<{ items: { action: string; actor?: { username?: string } }[] }>(
    'GET',
    '/api/v1/audit?limit=50',
  );
  const actions = trail.items.map(({ action }) => action);
  expect(actions).toContain('recording.played');
  expect(actions).toContain('recording.downloaded');
  await desk.context.browser()?.close();
});

test('a queue whose switch is off keeps the menu before it and nothing of the talk', async () => {
  const { items } = await here.server.api<{ items: { id: string; name: string; version: number }[] }>(
    'GET',
    '/api/v1/queues',
  );
  const sales = items.find(({ name }) => name.includes('Sales'))!;
  await here.server.api('PATCH', `/api/v1/queues/${sales.id}`, { version: sales.version, recorded: false });
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting({ tone_hz: CALLER_HZ });
  await desk.accept();
  await pass(1_500);
  await desk.page.locator('[data-testid="call-recording"][data-state="off"]').first().waitFor();
  call.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  const conversation = await endedConversationFrom(here.server, from);
  await sealedOf(here.server, conversation.id, 5_000);
  const kept = await recordingsOf(here.server, conversation.id);
  expect(kept).toHaveLength(1);
  expect(kept[0]!.duration_ms! / 1_000).toBeLessThan(at(conversation, kept[0]!, 'queued') + 0.5);
  await desk.close();
  await expectAtRest(here.server);
});

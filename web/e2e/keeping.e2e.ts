import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { centre } from './support/centre';
import type { Desk } from './support/desk';
import { audio, recordingsOf, sealedOf } from './support/recordings';
import { conversationFrom, endedConversationFrom, expectAtRest, kinds } from './support/story';
import { pass, until } from './support/until';
import { readWav, type Stereo, toneDb } from './support/wav';

const here = centre();
const CALLER_HZ = 800;
const AGENT_HZ = 1_000;
const DAY_US = 86_400_000_000;
const DECODED_HZ = 8_000;

/** A call of some seconds that was recorded; its conversation is over. */
async function recordedCall(desk: Desk) {
  await desk.ready();
  const { call, from } = await here.waiting({ tone_hz: CALLER_HZ });
  await desk.accept();
  await pass(3_500);
  call.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  const { id } = await endedConversationFrom(here.server, from);
  return { from, conversation: id, recording: await sealedOf(here.server, id, 5_000) };
}

async function download(id: string, format: string, reason: string) {
  const { http_url: url, api_token: token } = here.server.manifest;
  const answer = await fetch(`${url}/api/v1/recordings/${id}/download`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ format, reason }),
  });
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

/** What a browser makes of a sound file. */
async function decoded(desk: Desk, bytes: Uint8Array): Promise<Stereo> {
  const sides = await desk.page.evaluate(
    async ([text, rate]) => {
      const file = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      const sound = await new OfflineAudioContext(2, 1, rate).decodeAudioData(file.buffer);
      return [0, 1].map((side) => Array.from(sound.getChannelData(side)));
    },
    [Buffer.from(bytes).toString('base64'), DECODED_HZ] as const,
  );
  const [left, right] = sides.map((side) => Float64Array.from(side)) as [Float64Array, Float64Array];
  return { rate: DECODED_HZ, seconds: left.length / DECODED_HZ, left, right };
}

/** The last two seconds are talk: each is heard on its own side, and not on the other. */
function expectBothSides(sound: Stereo) {
  const stretch = [sound.seconds - 2.5, sound.seconds - 0.5] as const;
  const db = (side: 'left' | 'right', hz: number) => toneDb(sound, side, hz, ...stretch);
  expect(db('left', CALLER_HZ)).toBeGreaterThan(-30);
  expect(db('right', AGENT_HZ)).toBeGreaterThan(-40);
  expect(db('right', CALLER_HZ) - db('left', CALLER_HZ)).toBeLessThan(-24);
  // A browser plays its tone softer, and so nearer to what the window leaks.
  expect(db('left', AGENT_HZ) - db('right', AGENT_HZ)).toBeLessThan(-15);
}

/** Files below the data directory whose names hold a text. */
function filesNaming(text: string, folder = here.server.dataDir): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(text));
}

test('a recording is held, let go, taken out of the house for a reason, and erased for good', async () => {
  const desk = await here.desk('chenxiao');
  const { conversation, recording } = await recordedCall(desk);
  const at = `/api/v1/recordings/${recording.id}`;
  await here.server.api('PUT', `${at}/hold`, { reason: 'claim 12' });
  await expect(here.server.api('POST', `${at}/erase`, { reason: 'the caller asked' })).rejects.toThrow('on_hold');
  const held = await here.server.api<{ items: { id: string }[] }>('GET', '/api/v1/recordings?state=held');
  expect(held.items.map(({ id }) => id)).toEqual([recording.id]);
  await here.server.api('DELETE', `${at}/hold`, { reason: 'claim 12 is settled' });

  const wav = await download(recording.id, 'wav', 'claim 12');
  expect(wav.headers.get('content-disposition')).toMatch(
    /^attachment; filename="recording-\d{8}T\d{6}Z-rec_\w+\.wav"$/,
  );
  expectBothSides(readWav(wav.bytes));
  const opus = await download(recording.id, 'opus', 'claim 12');
  expect(opus.headers.get('content-type')).toBe('audio/ogg');
  expect(opus.bytes.length).toBeLessThan(wav.bytes.length / 4);
  const heard = await decoded(desk, opus.bytes);
  expectBothSides(heard);
  expect(Math.abs(heard.seconds - readWav(wav.bytes).seconds)).toBeLessThan(0.05);
  expect((await download(recording.id, 'wav', ' ')).status).toBe(422);

  expect(filesNaming(recording.id)).toHaveLength(1);
  const erased = await here.server.api<{ state: string }>('POST', `${at}/erase`, { reason: 'the caller asked' });
  expect(erased.state).toBe('erased');
  expect(filesNaming(recording.id)).toEqual([]);
  const log = join(here.server.dataDir, 'keys.db-wal');
  expect(existsSync(log) ? statSync(log).size : 0).toBe(0);
  for (const answer of [await audio(here.server, recording.id), await download(recording.id, 'wav', 'x')])
    expect(answer.status).toBe(410);
  await until('the ledger says so', 5_000, async () => {
    const { timeline } = await here.server.api<{ timeline: { kind: string }[] }>(
      'GET',
      `/api/v1/conversations/${conversation}`,
    );
    return timeline.some(({ kind }) => kind === 'recording_erased');
  });
  expect(await here.server.verify()).toContain('1 erased on record, 0 being erased');
  await desk.page.goto(`${here.server.manifest.http_url}/conversations/${conversation}`);
  await desk.id('recording-erased').waitFor();

  const trail = await here.server.api<{ items: { action: string; after: Record<string, string> | null }[] }>(
    'GET',
    '/api/v1/audit?limit=100',
  );
  const entered = (action: string) => trail.items.filter((row) => row.action === action).map((row) => row.after);
  expect(entered('recording.held')).toMatchObject([{ reason: 'claim 12' }]);
  expect(entered('recording.hold_lifted')).toMatchObject([{ reason: 'claim 12 is settled' }]);
  expect(entered('recording.downloaded')).toMatchObject([{ format: 'opus' }, { format: 'wav', reason: 'claim 12' }]);
  expect(entered('recording.erased')).toMatchObject([{ cause: 'request', reason: 'the caller asked' }]);
  expect(desk.complaints).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});

test('an administrator puts a whole conversation on hold on its page, and lets it go; a supervisor reads who did', async () => {
  const { call, from } = await here.call();
  call.bye();
  const { id } = await endedConversationFrom(here.server, from);
  const path = `${here.server.manifest.http_url}/conversations/${id}`;
  const [admin, lead] = [await here.desk('admin'), await here.desk('sunyue')];
  await admin.page.goto(path);
  await admin.id('conversation-hold').click();
  await admin.id('conversation-hold-reason').fill('仲裁 2026-118');
  await admin.id('conversation-hold-go').click();
  await admin.id('conversation-held').getByText('仲裁 2026-118').waitFor();
  const held = () => here.server.api<{ recordings_hold?: { reason: string } }>('GET', `/api/v1/conversations/${id}`);
  expect((await held()).recordings_hold).toMatchObject({ reason: '仲裁 2026-118' });

  await lead.page.goto(path);
  await lead.id('conversation-held').getByText('仲裁 2026-118').waitFor();
  expect(await lead.id('conversation-lift').isDisabled()).toBe(true);

  await admin.id('conversation-lift').click();
  await admin.id('conversation-lift-reason').fill('案件已结');
  await admin.id('conversation-lift-go').click();
  await admin.id('conversation-hold').waitFor();
  expect((await held()).recordings_hold).toBeUndefined();
  expect([...admin.complaints, ...lead.complaints]).toEqual([]);
});

test('the policy says when a recording falls due, erases none before, and a killed server knows what was erased', async () => {
  const desk = await here.desk('chenxiao');
  const { from, conversation, recording } = await recordedCall(desk);
  await here.server.api('PUT', '/api/v1/retention-policy', { version: 0, recordings_days: 1, messages_days: null });
  const [kept] = (await recordingsOf(here.server, conversation)) as (typeof recording & { expires_at_us: number })[];
  expect(kept!.expires_at_us).toBe(recording.started_at_us + DAY_US);
  await pass(1_000);
  expect((await audio(here.server, recording.id)).status).toBe(200);

  await here.server.api('POST', `/api/v1/recordings/${recording.id}/erase`, { reason: 'x' });
  await desk.close();
  await here.server.end('SIGKILL');
  await here.server.run();
  await until('the ledger says so', 10_000, async () =>
    kinds(await conversationFrom(here.server, from)).includes('recording_erased'),
  );
  const listed = await here.server.api<{ items: { id: string }[] }>('GET', '/api/v1/recordings?state=erased');
  expect(listed.items.map(({ id }) => id)).toContain(recording.id);
  expect(await here.server.verify()).toContain('2 erased on record, 0 being erased');
});

import { afterAll, beforeAll, expect, test } from 'vitest';

import { BUSY, callTone, UNOBTAINABLE } from './support/call-tone';
import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { callComesTo, timelineSays } from './support/outcome';
import { Phone } from './support/phone';
import { freePort } from './support/ports';
import { Server } from './support/server';
import { Sipp } from './support/sipp';
import { conversationFrom, endedConversationFrom, expectSound } from './support/story';
import { pass } from './support/until';

const STORY_MS_MAX = 90_000;
/** The shortest there is; long enough for a story. */
const AFTER_S = 10;

let port: number;
let server: Server;
let desk: Desk;
let phone: Phone;

beforeAll(async () => {
  port = await freePort();
  phone = await Phone.start();
  server = await Server.start(`127.0.0.1:${port}`);
  desk = await Desks.signIn(await openBrowser(1_000), server, 'chenxiao');
  // The browser's phone has to be there before anything is dialled.
  await desk.ready();
});
afterAll(async () => {
  await desk?.page.context().browser()?.close();
  await phone?.stop();
  await server?.stop();
});

/** Dials a carrier that ends the call by itself, or plays what ends it. */
function comesTo(carrier: Sipp, outbound: object, words: string, sentences: string[]) {
  return callComesTo({ desk, server }, carrier, { outbound, words, sentences });
}

test('a number that does not exist is known by what the carrier says', { timeout: STORY_MS_MAX }, async () => {
  const unallocated = await Sipp.refuses(port, '404 Not Found', 1);
  const known = { result: 'invalid_number', by: 'cause' };
  const first = await comesTo(unallocated, known, '号码不存在', ['得知号码不存在（空号）', '网络回复 404, Q.850 1']);
  expect(first.end).toEqual({ by: 'network', reason: 'invalid_number' });
  const incomplete = await Sipp.refuses(port, '484 Address Incomplete');
  await comesTo(incomplete, known, '号码不存在', ['得知号码不存在（空号）', '网络回复 484']);
  // The cause says more than the status beside it.
  const busy = await Sipp.refuses(port, '480 Temporarily Unavailable', 17);
  await comesTo(busy, { result: 'busy', by: 'cause' }, '对方忙', ['网络回复 480, Q.850 17']);
});

test('a number-unobtainable tone before the answer gives the call up', { timeout: STORY_MS_MAX }, async () => {
  const carrier = await Sipp.plays(port, callTone(UNOBTAINABLE));
  const conversation = await comesTo(carrier, { result: 'invalid_number', by: 'tone' }, '号码不存在', [
    '依据：听到空号音',
  ]);
  const outbound = conversation.outbound as { post_dial_delay_ms: number };
  expect(outbound.post_dial_delay_ms).toBeGreaterThanOrEqual(0);
  expect(outbound.post_dial_delay_ms).toBeLessThan(5_000);
});

test('a busy tone before the answer gives the call up as busy', { timeout: STORY_MS_MAX }, async () => {
  const carrier = await Sipp.plays(port, callTone(BUSY));
  await comesTo(carrier, { result: 'busy', by: 'tone' }, '对方忙', ['得知对方忙', '依据：听到忙音']);
});

interface Policy {
  dead_air: { on: boolean; after_s: number; action: string; flow_id: string | null };
}

async function deadAir(on: boolean) {
  const before = await server.api<Policy>('GET', '/api/v1/screening-policy');
  const dead_air = { on, after_s: AFTER_S, action: 'end', flow_id: null };
  await server.api('PUT', '/api/v1/screening-policy', { ...before, dead_air });
}

test('callers of whom nothing is heard are let go, one who speaks is not', { timeout: STORY_MS_MAX }, async () => {
  await deadAir(true);
  const target = server.manifest.sip_uri.replace('sip:', '');
  // Packets of silence, no packets at all, and a voice.
  const silent = phone.call(server.uri(server.hotline), '13600000001', {});
  const mute = await Sipp.mute(target, server.hotline, '13600000002');
  const speaker = phone.call(server.uri(server.hotline), '13600000003', { tone_hz: 800 });
  await Promise.all([silent.wait('answered'), speaker.wait('answered')]);
  await silent.wait('ended', 20_000);
  await mute.ended();
  for (const from of ['13600000001', '13600000002']) {
    const conversation = await endedConversationFrom(server, from);
    expectSound(conversation);
    expect(conversation.end).toEqual({ by: 'system', reason: 'dead_air' });
    const found = conversation.timeline.find(({ kind }) => kind === 'dead_air_found')!;
    const { step, silence_ms } = found.data as { step: string; silence_ms: number };
    expect(step).toBe('ended');
    expect(Math.abs(silence_ms - AFTER_S * 1_000)).toBeLessThan(500);
    await timelineSays({ desk, server }, conversation.id, '没有声音也没有按键，已挂断');
  }
  await pass(2_000);
  expect((await conversationFrom(server, '13600000003')).state).toBe('live');
  speaker.bye();
  const heard = await endedConversationFrom(server, '13600000003');
  expect(heard.timeline.some(({ kind }) => kind === 'dead_air_found')).toBe(false);
  await deadAir(false);
});

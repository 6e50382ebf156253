import { afterAll, beforeAll, expect, test } from 'vitest';

import { BUSY, callTone, SILENCE } from './support/call-tone';
import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { callComesTo, dial, newest, timelineSays } from './support/outcome';
import { Phone } from './support/phone';
import { freePort } from './support/ports';
import { Server } from './support/server';
import { Sipp } from './support/sipp';
import { endedConversationFrom, expectSound } from './support/story';
import { until } from './support/until';

const STORY_MS_MAX = 90_000;
/** A number whose flow leads to the service queue without a word, once its hours say that it is open. */
const STRAIGHT = '4008001237';
/** The shortest there is. */
const AFTER_S = 10;

interface Row {
  id: string;
  number?: string;
  name?: string;
}

let port: number;
let server: Server;
let desk: Desk;
let phone: Phone;

beforeAll(async () => {
  port = await freePort();
  phone = await Phone.start();
  server = await Server.start(`127.0.0.1:${port}`);
  desk = await Desks.signIn(await openBrowser(1_000), server, 'chenxiao');
  await desk.ready();
});
afterAll(async () => {
  await desk?.page.context().browser()?.close();
  await phone?.stop();
  await server?.stop();
});

test(
  'a busy tone after the answer ends the talk, and the call is told as busy',
  { timeout: STORY_MS_MAX },
  async () => {
    const carrier = await Sipp.answers(port, callTone(BUSY));
    const conversation = await callComesTo({ desk, server }, carrier, {
      outbound: { result: 'busy', by: 'tone' },
      words: '对方忙',
      sentences: ['接通后听到忙音'],
    });
    expect(conversation.end).toMatchObject({ reason: 'busy' });
    const recognised = conversation.timeline.filter(({ kind }) => kind === 'outbound_recognised');
    expect(recognised).toHaveLength(1);
  },
);

test('twenty seconds of silence before an answer give the call up', { timeout: STORY_MS_MAX }, async () => {
  const carrier = await Sipp.plays(port, callTone(SILENCE));
  await callComesTo({ desk, server }, carrier, {
    outbound: { result: 'unreachable', by: 'silence' },
    words: '打不通',
    sentences: ['依据：一直没有声音'],
  });
});

test('silence after an answer is told to the desk, and the agent decides', { timeout: STORY_MS_MAX }, async () => {
  const carrier = await Sipp.answers(port, callTone(SILENCE));
  try {
    await dial(desk, '138 0013 8000');
    await desk.inState('talking', 10_000);
    expect(await desk.id('unheard').count()).toBe(0);
    await desk.id('unheard').first().waitFor({ timeout: 25_000 });
    await desk.id('call-hang-up').first().click();
    await carrier.ended();
    await desk.finishWrapUp();
    const conversation = await newest(server);
    expectSound(conversation);
    expect(conversation.outbound).toMatchObject({ result: 'answered' });
    const found = conversation.timeline.filter(({ kind }) => kind === 'dead_air_found');
    expect(found.map(({ data }) => data.step)).toEqual(['told']);
    await timelineSays({ desk, server }, conversation.id, '没有声音，已提示');
  } finally {
    carrier.stop();
  }
});

test(
  'of a caller who is silent in a talk the desk is told first, then the call is ended',
  { timeout: STORY_MS_MAX },
  async () => {
    const { items } = await server.api<{ items: Row[] }>('GET', '/api/v1/numbers');
    const { items: calendars } = await server.api<{ items: Row[] }>('GET', '/api/v1/calendars');
    const straight = items.find(({ number }) => number === STRAIGHT)!;
    const calendar_id = calendars.find(({ name }) => name === '全天 Always open')!.id;
    await server.api('PUT', `/api/v1/numbers/${straight.id}/calendar`, { calendar_id });
    const policy = await server.api<object>('GET', '/api/v1/screening-policy');
    const dead_air = { on: true, after_s: AFTER_S, action: 'end', flow_id: null };
    await server.api('PUT', '/api/v1/screening-policy', { ...policy, dead_air });

    const from = '13600000011';
    const call = phone.call(server.uri(STRAIGHT), from, {});
    await desk.id('offer-card').waitFor();
    await desk.accept();
    const accepted = Date.now();
    await desk
      .id('unheard')
      .first()
      .waitFor({ timeout: (AFTER_S + 3) * 1_000 });
    const told = Date.now();
    expect(told - accepted).toBeGreaterThan((AFTER_S - 2) * 1_000);
    expect(call.events('ended')).toHaveLength(0);
    await call.wait('ended', (AFTER_S + 3) * 1_000);
    expect(Date.now() - told).toBeGreaterThan((AFTER_S - 2) * 1_000);
    await desk.finishWrapUp();
    const conversation = await endedConversationFrom(server, from);
    expectSound(conversation);
    expect(conversation.end).toEqual({ by: 'system', reason: 'dead_air' });
    const found = conversation.timeline.filter(({ kind }) => kind === 'dead_air_found');
    expect(found.map(({ data }) => data.step)).toEqual(['told', 'ended']);
    await timelineSays({ desk, server }, conversation.id, '没有声音，已提示', '没有声音也没有按键，已挂断');
    await until('the desk is ready again', 5_000, async () => {
      return (await desk.id('agent-state').first().getAttribute('data-state')) === 'ready';
    });
  },
);

import { afterAll, beforeAll, expect, test } from 'vitest';

import { Desk, openBrowser } from './support/desk';
import { dial, newest } from './support/outcome';
import { freePort } from './support/ports';
import { Server } from './support/server';
import { Sipp } from './support/sipp';
import { endedConversationFrom, expectAtRest, expectSound } from './support/story';
import { until } from './support/until';

const STORY_MS_MAX = 90_000;
const AGENT_HZ = 1_000;

interface Health {
  trunks: { name: string; no_codec?: number }[];
}

interface Row {
  id: string;
  number: string;
  name: string;
}

let port: number;
let server: Server;
let desk: Desk;

/** A trunk that allows G.722 alone. */
beforeAll(async () => {
  port = await freePort();
  server = await Server.start(`127.0.0.1:${port}`, { trunkLines: 'codecs = ["g722"]\n' });
  desk = await Desk.signIn(await openBrowser(AGENT_HZ), server, 'chenxiao');
  // The browser's phone has to be there before anything is dialled.
  await desk.ready();
  const { items } = await server.api<{ items: Row[] }>('GET', '/api/v1/numbers');
  const { items: calendars } = await server.api<{ items: Row[] }>('GET', '/api/v1/calendars');
  const calendar_id = calendars.find(({ name }) => name === '全天 Always open')!.id;
  const hotline = items.find(({ number }) => number === server.hotline)!;
  await server.api('PUT', `/api/v1/numbers/${hotline.id}/calendar`, { calendar_id });
}, STORY_MS_MAX);
afterAll(async () => {
  await desk?.context.browser()?.close();
  await server?.stop();
});

const target = () => server.manifest.sip_uri.replace('sip:', '');
const refusals = async () => (await server.api<Health>('GET', '/api/v1/system/health')).trunks[0]?.no_codec;

test('a caller gets the codec of the trunk, whatever the call offers first', { timeout: STORY_MS_MAX }, async () => {
  const from = '13700000011';
  const caller = await Sipp.wideCaller(target(), server.hotline, from);
  try {
    await caller.ended();
    expectSound(await endedConversationFrom(server, from));
    await expectAtRest(server, 1);
  } finally {
    caller.stop();
  }
});

test('a call without that codec is refused and counted', { timeout: STORY_MS_MAX }, async () => {
  expect(await refusals()).toBeUndefined();
  const caller = await Sipp.nothingInCommon(target(), server.hotline, '13700000012');
  try {
    await caller.ended();
    await until('the refusal is counted', 10_000, async () => (await refusals()) === 1);
  } finally {
    caller.stop();
  }
});

test('a call of ours offers that codec alone, and both sides hear each other', { timeout: STORY_MS_MAX }, async () => {
  const carrier = await Sipp.wideCalled(port);
  try {
    await dial(desk, '138 0013 8000');
    await desk.inState('talking');
    // The far side sends back what the agent says.
    await desk.hearsClearly(AGENT_HZ);
    await desk.id('call-hang-up').first().click();
    await carrier.ended();
    await desk.inState('wrap_up');
    await desk.id('wrap-up-finish').first().click();
    await desk.leavesState('wrap_up');
    const conversation = await newest(server);
    expectSound(conversation);
    expect(conversation.outbound).toMatchObject({ result: 'answered' });
  } finally {
    carrier.stop();
  }
});

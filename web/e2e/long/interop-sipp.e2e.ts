import { afterEach, expect, test } from 'vitest';

import { callTone, KEY_1 } from '../support/call-tone';
import { type Desk, Desk as Desks, openBrowser } from '../support/desk';
import { expectNothingHeardAt } from '../support/handover';
import { opened } from '../support/opened';
import { freePort } from '../support/ports';
import { Server } from '../support/server';
import { Sipp } from '../support/sipp';
import { conversationFrom, endedConversationFrom, expectAtRest, expectSound, plot } from '../support/story';
import { until } from '../support/until';

const AGENT_HZ = 1_000;

let server: Server;
let desk: Desk;
let port: number;
let sipp: Sipp | undefined;

opened(
  async () => {
    port = await freePort();
    server = await Server.start(`127.0.0.1:${port}`);
    desk = await Desks.signIn(await openBrowser(AGENT_HZ), server, 'chenxiao');
    await desk.ready();
  },
  async () => {
    await desk?.context.browser()?.close();
    await server?.stop();
  },
);

afterEach(() => {
  sipp?.stop();
  sipp = undefined;
});

async function hangUp() {
  await desk.id('call-hang-up').first().click();
  await sipp?.ended();
  await desk.finishWrapUp();
}

test('SIPp calls, presses a key by INFO, gives the sound back, and is hung up on', async () => {
  const from = '13900000401';
  sipp = await Sipp.caller(server.manifest.sip_uri.replace('sip:', ''), server.hotline, from);
  await desk.id('offer-card').waitFor();
  await desk.accept();
  await desk.hearsClearly(AGENT_HZ);
  await hangUp();
  const conversation = await endedConversationFrom(server, from);
  expectSound(conversation);
  expect(conversation.queue).toBeDefined();
  await expectAtRest(server, 1);
});

test('SIPp puts the call on hold and takes it back', async () => {
  const from = '13900000403';
  sipp = await Sipp.holder(server.manifest.sip_uri.replace('sip:', ''), server.hotline, from);
  await desk.id('offer-card').waitFor();
  await desk.accept();
  await desk.hearsClearly(AGENT_HZ);
  const changes = async () =>
    plot(await conversationFrom(server, from)).filter((line) => line.startsWith('peer_held')).length;
  await sipp.goOn();
  await until('the customer is on hold', 10_000, async () => (await changes()) === 1);
  await expectNothingHeardAt(desk, AGENT_HZ);
  await sipp.goOn();
  await until('the customer is there again', 10_000, async () => (await changes()) === 2);
  await desk.hearsClearly(AGENT_HZ);
  await hangUp();
  expectSound(await endedConversationFrom(server, from));
  await expectAtRest(server, 1);
});

// It writes the packets of the key past the system's sockets.
test.skipIf(process.getuid?.() !== 0)('SIPp presses a key by RFC 4733 and is led to the queue', async () => {
  const from = '13900000404';
  sipp = await Sipp.presser(server.manifest.sip_uri.replace('sip:', ''), server.hotline, from);
  await desk.id('offer-card').waitFor();
  await desk.accept();
  await hangUp();
  const conversation = await endedConversationFrom(server, from);
  expectSound(conversation);
  expect(conversation.queue).toBeDefined();
  await expectAtRest(server, 1);
});

test('SIPp sings a key, without telephone events, and is led to the queue', async () => {
  const from = '13900000402';
  const target = server.manifest.sip_uri.replace('sip:', '');
  sipp = await Sipp.singer(target, server.hotline, from, callTone(KEY_1));
  await desk.id('offer-card').waitFor();
  await desk.accept();
  await hangUp();
  const conversation = await endedConversationFrom(server, from);
  expectSound(conversation);
  expect(conversation.queue).toBeDefined();
  await expectAtRest(server, 1);
});

test('SIPp is called, gives the sound back, and is hung up on', async () => {
  sipp = await Sipp.called(port);
  await desk.id('dial-open').first().click();
  await desk.id('dial-number').fill('13800138000');
  await desk.id('dial-call').click();
  await desk.hearsClearly(AGENT_HZ);
  await hangUp();
  await expectAtRest(server, 1);
});

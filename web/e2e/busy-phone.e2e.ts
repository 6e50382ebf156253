import { afterAll, beforeAll, expect, test } from 'vitest';

import { Baresip } from './support/baresip';
import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { Phone } from './support/phone';
import { Server } from './support/server';
import { conversationFrom, endedConversationFrom, expectAtRest, expectSound, plot } from './support/story';

const CUSTOMER_HZ = 800;
const AGENT_HZ = 600;

let server: Server;
let far: Phone;
let desk: Desk;
let handset: Baresip | undefined;

beforeAll(async () => {
  far = await Phone.start(CUSTOMER_HZ);
  server = await Server.start(far.address);
  desk = await Desks.signIn(await openBrowser(1_000), server, 'chenxiao');
});

afterAll(async () => {
  await handset?.stop();
  await desk?.context.browser()?.close();
  await far?.stop();
  await server?.stop();
});

test('a phone on a private call is busy, and its agent has declined nothing', async () => {
  const from = '13900000106';
  handset = await Baresip.start(server, 'desk-8001', 'udp', AGENT_HZ, undefined, { lines: 1 });
  const phone = handset;
  await desk.worksWith(server, 'desk-8001');
  await desk.ready();
  // Past the centre, to whoever is at that address.
  phone.dial(`sip:friend@${far.address}`);
  const friend = await far.incoming();
  await phone.wait('CALL_ESTABLISHED');

  const call = far.call(server.uri(server.hotline), from, { tone_hz: CUSTOMER_HZ });
  await call.wait('answered');
  await call.press('1');
  await desk.inState('not_ready');
  const story = plot(await conversationFrom(server, from));
  expect(story.find((line) => line.startsWith('offer_ended'))).toContain('end=busy');
  expect(story.at(-1)).toContain('queued');
  expect(phone.count('CALL_INCOMING')).toBe(0);
  await desk.id('agent-state').first().click();
  await desk.page.getByText('话机忙，已自动示忙').first().waitFor();
  await desk.page.keyboard.press('Escape');

  // The line is free again: ready, and the customer who waited rings.
  phone.hangUp();
  await friend.wait('ended');
  await desk.ready('ringing');
  await phone.wait('CALL_INCOMING');
  phone.answer();
  await desk.inState('talking');
  await call.hearsClearly(AGENT_HZ);
  call.bye();
  await desk.finishWrapUp();
  expectSound(await endedConversationFrom(server, from));
  await expectAtRest(server);
});

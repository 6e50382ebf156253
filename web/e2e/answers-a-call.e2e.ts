import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { filesHolding } from './support/at-rest';
import { Desk, openBrowser } from './support/desk';
import { Phone } from './support/phone';
import { Server } from './support/server';
import { endedConversationFrom, expectAtRest, expectSound, plot } from './support/story';
import { pass, until } from './support/until';

const CUSTOMER = '13800138000';

let server: Server;
let phone: Phone;
let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  server = await Server.start();
  phone = await Phone.start();
  browser = await openBrowser(1_000);
  desk = await Desk.signIn(browser, server, 'chenxiao');
});

afterAll(async () => {
  await browser?.close();
  await phone?.stop();
  await server?.stop();
});

/** Calls the hotline as 张伟, presses 1 into the greeting; gives the call waiting in the queue. */
async function callIntoQueue() {
  const call = phone.call(server.uri(server.hotline), CUSTOMER, { tone_hz: 800, codec: 'pcma' });
  await call.wait('answered');
  await until('the greeting is heard', 3_000, async () => (await call.listen(undefined, 200)).level_dbov > -35);
  await call.press('1');
  const silence = await until(
    'the prompt fell silent',
    3_000,
    () => call.events('silence_after_digit').length > 0,
  ).then(() => call.events('silence_after_digit')[0]!);
  expect(silence.was_loud).toBe(true);
  expect(silence.ms).toBeLessThanOrEqual(200);
  return call;
}

async function expectNoToneAtDesk(hz: number) {
  expect((await desk.hears(hz, 600)).level_db).toBeLessThan(-80);
}

test('a call through greeting, menu and queue is answered in the browser, both hear each other, the customer hangs up', async () => {
  const call = await callIntoQueue();
  await until('music plays', 8_000, async () => (await call.listen(undefined, 500)).level_dbov > -40);
  expect((await call.listen(1_000)).tone_dbov).toBeLessThan(-45);

  await desk.ready('ringing');
  await desk.id('offer-card').waitFor();
  await expectNoToneAtDesk(800);
  expect((await call.listen(1_000, 500)).snr_db).toBeLessThan(0);
  await desk.accept();

  await desk.hearsClearly(800, 4);
  await call.hearsClearly(1_000, 2_000);

  await desk.id('call-hold').first().click();
  await desk.inState('held');
  await pass(700);
  await expectNoToneAtDesk(800);
  expect((await call.listen(1_000, 500)).snr_db).toBeLessThan(0);
  await until('music plays', 3_000, async () => (await call.listen(undefined, 300)).level_dbov > -40);
  await desk.id('call-hold').first().click();
  await desk.inState('talking');
  await desk.hearsClearly(800, 4);

  call.bye();
  await desk.inState('wrap_up');
  await desk.page.locator('[data-testid^="disposition-"]').first().click();
  await desk.id('wrap-up-finish').first().click();
  await desk.inState('ready');

  const conversation = await endedConversationFrom(server, CUSTOMER, 1_500);
  expectSound(conversation);
  expect(plot(conversation)).toMatchInlineSnapshot(`
    [
      "conversation_started",
      "leg_joined role=customer",
      "customer_identified",
      "leg_answered",
      "flow_node_entered node_label=营业时间 Opening hours",
      "hours_checked node_label=营业时间 Opening hours reason=weekly",
      "flow_node_left node_label=营业时间 Opening hours exit=open",
      "flow_node_entered node_label=欢迎词 Welcome",
      "flow_node_left node_label=欢迎词 Welcome exit=next",
      "flow_node_entered node_label=主菜单 Main menu",
      "flow_node_left node_label=主菜单 Main menu exit=choice choice_label=业务咨询 Sales",
      "flow_node_entered node_label=业务咨询队列 Sales queue",
      "flow_node_left node_label=业务咨询队列 Sales queue exit=next",
      "queued queue_name=业务咨询 Sales",
      "agent_offered queue_name=业务咨询 Sales agent_name=陈晓 reason=only_eligible",
      "offer_ended agent_name=陈晓 end=accepted",
      "left_queue queue_name=业务咨询 Sales reason=answered",
      "handling_started queue_name=业务咨询 Sales agent_name=陈晓",
      "leg_joined agent_name=陈晓 role=agent",
      "handling_held agent_name=陈晓",
      "handling_resumed agent_name=陈晓",
      "handling_ended agent_name=陈晓 end=customer_hung_up",
      "leg_left reason=hung_up by=customer",
      "wrap_up_started agent_name=陈晓",
      "leg_left reason=hung_up by=customer",
      "handling_disposed agent_name=陈晓",
      "wrap_up_finished agent_name=陈晓 end=finished",
      "conversation_ended reason=hung_up by=customer",
    ]
  `);
  expect(conversation.customer?.name).toBe('张伟');
  await expectAtRest(server, 1);
});

test('the agent hangs up', async () => {
  const call = await callIntoQueue();
  await desk.id('offer-card').waitFor();
  await desk.accept();
  await desk.hearsClearly(800, 4);
  await desk.id('call-hang-up').first().click();
  const ended = await call.wait('ended');
  expect(ended.by).toBe('peer');
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  await desk.inState('ready');
  const conversation = await endedConversationFrom(server, CUSTOMER, 1_500);
  expectSound(conversation);
  expect(plot(conversation).slice(-6)).toMatchInlineSnapshot(`
    [
      "handling_ended agent_name=陈晓 end=agent_hung_up",
      "leg_left reason=hung_up by=agent",
      "wrap_up_started agent_name=陈晓",
      "leg_left reason=hung_up by=agent",
      "wrap_up_finished agent_name=陈晓 end=finished",
      "conversation_ended reason=hung_up by=agent",
    ]
  `);
  await expectAtRest(server, 1);
});

test('nothing a customer is or an agent is called stands readable on the disk', async () => {
  const people = await server.api<{ items: { name: string; username: string; extension: string }[] }>(
    'GET',
    '/api/v1/agents',
  );
  const customers = await server.api<{ items: { name: string; numbers: { number: string; e164: string }[] }[] }>(
    'GET',
    '/api/v1/customers',
  );
  const secrets = [
    ...people.items.flatMap((p) => [p.name, p.username]),
    ...customers.items.flatMap((c) => [c.name, ...c.numbers.flatMap((n) => [n.number, n.e164])]),
    ...server.manifest.numbers.map((n) => n.number),
    CUSTOMER,
  ];
  expect(secrets.length).toBeGreaterThan(15);
  expect(filesHolding(server.dataDir, secrets)).toEqual([]);
  expect(secrets.filter((secret) => server.log().includes(secret))).toEqual([]);
});

test('no console error was written', () => {
  expect(desk.complaints).toEqual([]);
});

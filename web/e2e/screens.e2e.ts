import { test } from 'vitest';

import { centre } from './support/centre';
import { openBrowser, Desk } from './support/desk';
import { goTo, listPages, looksGood } from './support/pages';
import { conversationFrom, endedConversationFrom } from './support/story';
import { pass, until } from './support/until';

const here = centre();
const LONG_NAME = '新疆维吾尔自治区乌鲁木齐市高新技术产业开发区欧阳司徒长孙慕容有限责任公司采购部张三丰';
const LOOKS_MS_MAX = 300_000;

interface Queue {
  id: string;
  version: number;
}

/** A ring must last as long as somebody looks at it. */
async function ringLong() {
  const { items } = await here.server.api<{ items: Queue[] }>('GET', '/api/v1/queues');
  for (const { id, version } of items) {
    await here.server.api('PATCH', `/api/v1/queues/${id}`, { version, ring_timeout_ms: 300_000 });
  }
}

const go = (desk: Desk, path: string) => goTo(desk, here.server, path);

async function stranger(): Promise<Desk> {
  const browser = await openBrowser(1_000);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  return new Desk(await context.newPage(), context);
}

test('the sign-in page', { timeout: LOOKS_MS_MAX }, async () => {
  const desk = await stranger();
  await go(desk, '/');
  await looksGood(desk, 'sign-in');
  await desk.context.browser()?.close();
});

test('the visitor page, idle and in a call', { timeout: LOOKS_MS_MAX }, async () => {
  const desk = await stranger();
  await go(desk, '/visitor');
  await looksGood(desk, 'visitor');
  await desk.id('visitor-call').click();
  await desk.page.locator('[data-testid="visitor-state"][data-state="connected"]').waitFor();
  await looksGood(desk, 'visitor-call');
  await desk.id('visitor-hang-up').click();
  await desk.context.browser()?.close();
});

test('a call at the desk, from signed out to its conversation', { timeout: LOOKS_MS_MAX }, async () => {
  await ringLong();
  const desk = await here.desk('chenxiao');
  await looksGood(desk, 'desk-signed-out');
  await desk.ready();
  await looksGood(desk, 'desk-idle');
  const { call, from } = await here.waiting({ from: '13800138000' });
  await desk.id('offer-card').waitFor();
  await looksGood(desk, 'desk-ringing');
  await desk.accept();
  await looksGood(desk, 'desk-talking');
  await desk.id('call-hold').first().click();
  await pass(500);
  await looksGood(desk, 'desk-hold');
  await desk.id('call-hold').first().click();
  call.bye();
  await desk.inState('wrap_up');
  await looksGood(desk, 'desk-wrap-up');
  await desk.id('wrap-up-finish').first().click();
  const { id } = await endedConversationFrom(here.server, from);
  await go(desk, `/conversations/${id}`);
  await looksGood(desk, 'conversation');
  await desk.close();
});

test('a customer with a very long name, a number nobody knows', { timeout: LOOKS_MS_MAX }, async () => {
  const number = here.nextNumber();
  await here.server.api('POST', '/api/v1/customers', {
    name: LONG_NAME,
    company: LONG_NAME,
    level: 'vip',
    numbers: [{ number }],
    note: `${LONG_NAME}。`.repeat(6),
  });
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const known = await here.waiting({ from: number });
  await desk.id('offer-card').waitFor();
  await looksGood(desk, 'desk-ringing-long');
  await desk.accept();
  await looksGood(desk, 'desk-talking-long');
  known.call.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  await desk.inState('ready');
  const unknown = await here.waiting();
  await desk.accept();
  await looksGood(desk, 'desk-talking-unknown');
  unknown.call.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  await desk.close();
});

test('the floor of a supervisor while somebody talks and somebody waits', { timeout: LOOKS_MS_MAX }, async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const first = await here.waiting({ from: '13800138000' });
  await desk.accept();
  const second = await here.waiting();
  await until('the second waits', 10_000, async () => {
    return (await conversationFrom(here.server, second.from)).queue !== undefined;
  });
  const supervisor = await here.desk('sunyue');
  await go(supervisor, '/floor');
  await looksGood(supervisor, 'floor');
  await go(supervisor, `/conversations/${(await conversationFrom(here.server, first.from)).id}`);
  await looksGood(supervisor, 'conversation-live');
  first.call.bye();
  second.call.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  await supervisor.context.browser()?.close();
  await desk.close();
});

test('lists, records and settings', { timeout: LOOKS_MS_MAX }, async () => {
  const desk = await here.desk('admin');
  for (const [scene, path] of await listPages(here.server)) {
    await go(desk, path);
    await looksGood(desk, scene, true);
  }
  await desk.context.browser()?.close();
});

import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { openBrowser, Desk } from './support/desk';
import { faultsOf } from './support/look';
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

async function go(desk: Desk, path: string) {
  await desk.page.goto(here.server.manifest.http_url + path);
  await desk.page.locator('main').waitFor();
  await desk.page.waitForLoadState('networkidle').catch(() => undefined);
  await pass(800);
}

async function looksGood(desk: Desk, scene: string) {
  await desk.page.mouse.move(0, 0);
  await pass(400);
  expect(await faultsOf(desk.page, scene)).toEqual([]);
  expect(desk.complaints).toEqual([]);
}

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
  const first = async (path: string) => (await here.server.api<{ items: Queue[] }>('GET', path)).items[0]!.id;
  const pages: [string, string][] = [
    ['conversations', '/conversations'],
    ['customers', '/customers'],
    ['customer', `/customers/${await first('/api/v1/customers')}`],
    ['customer-new', '/customers/new?number=13266668888'],
    ['recordings', '/conversations/recordings'],
    ['settings-queues', '/settings/queues'],
    ['settings-queue', `/settings/queues/${await first('/api/v1/queues')}`],
    ['settings-agents', '/settings/agents'],
    ['settings-agent', `/settings/agents/${await first('/api/v1/agents')}`],
    ['settings-numbers', '/settings/numbers'],
    ['settings-number', `/settings/numbers/${await first('/api/v1/numbers')}`],
    ['settings-codes', '/settings/outcomes-and-reasons'],
    ['settings-system', '/settings/system'],
    ['settings-phones', '/settings/phones'],
    ['settings-phone', `/settings/phones/${await first('/api/v1/devices')}`],
    ['settings-sites', '/settings/sites'],
    ['settings-site', `/settings/sites/${await first('/api/v1/sites')}`],
    ['settings-recording', '/settings/recording'],
    ['settings-flows', '/settings/flows'],
    ['settings-calling-out', '/settings/calling-out'],
    ['settings-unwanted-calls', '/settings/unwanted-calls'],
    ['settings-audit', '/settings/audit'],
    ['tasks', '/tasks'],
    ['settings-flow', `/settings/flows/${await first('/api/v1/flows')}`],
    ['not-found', '/nowhere'],
  ];
  for (const [scene, path] of pages) {
    await go(desk, path);
    await looksGood(desk, scene);
  }
  await desk.context.browser()?.close();
});

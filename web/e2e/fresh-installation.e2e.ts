import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { Phone } from './support/phone';
import { Server } from './support/server';
import { conversationFrom, endedConversationFrom, expectAtRest, plot } from './support/story';
import { until } from './support/until';

const CUSTOMER_HZ = 800;
const AGENT_HZ = 1_000;
/** As people type it, and as the trunk delivers it. */
const TYPED = '400 800 1000';
const NUMBER = '4008001000';
const FIRST = { username: 'wangfang', name: '王芳', password: 'a password of some length' };

let server: Server;
let phone: Phone;
let desk: Desk;
let caller = 0;

beforeAll(async () => {
  server = await Server.empty(FIRST);
  phone = await Phone.start();
  await server.run();
  desk = await Desks.signIn(await openBrowser(AGENT_HZ), server, FIRST.username);
});

afterAll(async () => {
  await desk?.context.browser()?.close();
  await phone?.stop();
  await server?.stop();
});

async function open(path: string) {
  await desk.page.goto(server.manifest.http_url + path);
}

async function choose(id: string, word: string) {
  await desk.id(id).first().click();
  await desk.page
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .getByText(word, { exact: true })
    .click();
}

function dial() {
  caller += 1;
  const from = `137300000${String(caller).padStart(2, '0')}`;
  return { from, call: phone.call(server.uri(NUMBER), from, { tone_hz: CUSTOMER_HZ }) };
}

/** What the wrap-up offers. */
async function outcomes(): Promise<string[]> {
  const buttons = desk.page.locator('[data-testid^="disposition-"]');
  await buttons.first().waitFor();
  return (await buttons.allInnerTexts()).map((text) => text.replace(/^\d/, '').trim());
}

test('the command that adds the first person says what it made and what is missing', async () => {
  for (const line of [
    'as agent 1000',
    '4 dispositions',
    '4 reasons',
    '客户服务',
    '服务热线',
    '留言',
    'Settings → Numbers',
  ])
    expect(server.told).toContain(line);
  const { call } = dial();
  expect((await call.wait('rejected')).code).toBe(404);
});

test('the first number is added on its page, and the next call is answered at the desk', async () => {
  await open('/settings/numbers');
  await desk.page.getByText('还没有号码，来电会被拒绝').waitFor();
  await desk.id('number-new').first().click();
  await desk.id('number-digits').fill('110');
  await desk.id('number-name').fill('服务热线');
  await desk.id('number-save').click();
  await desk.page.getByText('紧急').first().waitFor();
  await desk.id('number-digits').fill(TYPED);
  await desk.id('number-save').click();
  await desk.id('number-row').waitFor();

  await open('/');
  await desk.ready();
  const { call, from } = dial();
  await call.wait('answered');
  await desk.inState('ringing', 20_000);
  await desk.accept();
  await desk.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  call.bye();
  await desk.inState('wrap_up');
  expect(await outcomes()).toEqual(['已解决', '需跟进', '转其他部门', '误拨']);
  await desk.page.locator('[data-testid^="disposition-"]').filter({ hasText: '已解决' }).click();
  await desk.finishWrapUp();
  const conversation = await endedConversationFrom(server, from);
  expect(conversation.queue?.name).toBe('客户服务');
  expect(conversation.agent?.name).toBe(FIRST.name);
  const disposed = conversation.timeline.find(({ kind }) => kind === 'handling_disposed');
  expect(disposed?.data).toMatchObject({ disposition_name_zh: '已解决' });
});

test('dispositions are added, ordered and put out of use on their page, and the next wrap-up offers them so', async () => {
  await open('/settings/outcomes-and-reasons');
  await desk.id('dispositions-new').click();
  await desk.id('code-zh').fill('回访');
  await desk.id('code-en').fill('Call back');
  await desk.id('code-save').click();
  const rows = desk.id('dispositions').getByTestId('code-row');
  const row = (name: string) => rows.filter({ hasText: name });
  await row('回访').waitFor();
  await row('误拨').getByTestId('code-active').click();
  await row('误拨').getByText('已停用').waitFor();
  await row('转其他部门').getByRole('button', { name: '上移' }).click();
  await until('it has moved up', 5_000, async () => (await rows.nth(1).innerText()).includes('转其他部门'));

  await open('/');
  await desk.inState('ready');
  const { call, from } = dial();
  await call.wait('answered');
  await desk.inState('ringing', 20_000);
  await desk.accept();
  call.bye();
  await desk.inState('wrap_up');
  expect(await outcomes()).toEqual(['已解决', '转其他部门', '需跟进', '回访']);
  await desk.finishWrapUp();
  await endedConversationFrom(server, from);
});

test('a number that gets another flow has it at the next call, stays while a call is on it, and is refused once removed', async () => {
  await open('/settings/numbers');
  await desk.id('number-row').click();
  await choose('number-flow', '留言');
  await desk.id('number-save').click();
  await desk.id('number-row').waitFor();
  const { call, from } = dial();
  await call.wait('answered');
  await until('the message is asked for', 15_000, async () =>
    plot(await conversationFrom(server, from)).some((line) => line.includes('留言')),
  );

  await desk.id('number-row').click();
  const remove = async () => {
    await desk.id('number-remove').click();
    await desk.page.locator('.ant-popconfirm').getByRole('button', { name: '删除号码' }).click();
  };
  await remove();
  await desk.page.getByText('现在不能删除').first().waitFor();
  call.bye();
  await endedConversationFrom(server, from);
  await remove();
  await desk.page.getByText('还没有号码，来电会被拒绝').waitFor();
  const again = dial();
  expect((await again.call.wait('rejected')).code).toBe(404);
  expect(desk.complaints.filter((line) => !/\b(409|422)\b/.test(line))).toEqual([]);
  await desk.close();
  await expectAtRest(server);
});

import { afterEach, expect, test } from 'vitest';

import { centre } from './support/centre';
import type { Desk } from './support/desk';
import { endedConversationFrom, expectAtRest } from './support/story';
import { until } from './support/until';

const here = centre(800);
const TRIED = '10086';
let admin: Desk | undefined;

afterEach(() => {
  admin = undefined;
});

async function open(path: string): Promise<Desk> {
  const { username } = here.server.manifest.users.find((user) => user.role === 'administrator')!;
  admin = await here.desk(username);
  await admin.page.goto(here.server.manifest.http_url + path);
  return admin;
}

test('an administrator puts a number on the block list, and its caller is refused', async () => {
  const desk = await open('/settings/unwanted-calls');
  const from = here.nextNumber();
  await desk.id('entry-new').click();
  await desk.id('entry-value').fill(from);
  await desk.id('entry-note').fill('打扰坐席');
  await desk.id('entry-save').click();
  await desk.page.getByTestId('list-entry').filter({ hasText: '打扰坐席' }).waitFor();
  await desk.id('check-input').fill(from);
  await desk.id('check-go').click();
  await desk.page.locator('[data-testid="check-answer"][data-outcome="refused"]').waitFor();

  const call = here.phone.call(here.server.uri(here.server.hotline), from);
  expect((await call.wait('rejected')).code).toBe(603);
  const conversation = await endedConversationFrom(here.server, from);
  expect(conversation.end).toEqual({ by: 'system', reason: 'screened' });
  await desk.page.goto(`${here.server.manifest.http_url}/conversations/${conversation.id}`);
  await desk.page.getByText('黑名单').first().waitFor();

  await desk.page.goto(`${here.server.manifest.http_url}/settings/unwanted-calls`);
  await desk.id('entry-remove').click();
  await desk.page.locator('.ant-popconfirm-buttons .ant-btn-primary').click();
  await desk.id('entry-removed').waitFor();
  const letIn = await here.call({ from });
  letIn.call.bye();
  expect(desk.complaints).toEqual([]);
  await expectAtRest(here.server);
});

test('an administrator blocks a city, and one number of it is let in', async () => {
  const desk = await open('/settings/unwanted-calls');
  await desk.id('entry-new').click();
  await desk.id('entry-form').locator('.ant-segmented-item').nth(2).click();
  await desk.id('entry-area').locator('input').fill('深圳');
  await desk.page.locator('.ant-select-item-option').filter({ hasText: '广东深圳' }).click();
  await desk.id('entry-note').fill('推销');
  await desk.id('entry-save').click();
  await desk.page.getByTestId('list-entry').filter({ hasText: '广东深圳' }).filter({ hasText: '推销' }).waitFor();

  const [blocked, friend, neighbour] = ['13510001234', '13510005678', '13500000000'];
  await desk.id('check-input').fill(blocked);
  await desk.id('check-go').click();
  await desk.page.locator('[data-testid="check-answer"][data-outcome="refused"]').waitFor();
  await desk.id('check-answer').getByText('广东深圳').waitFor();
  const refused = here.phone.call(here.server.uri(here.server.hotline), blocked);
  expect((await refused.wait('rejected')).code).toBe(603);
  const conversation = await endedConversationFrom(here.server, blocked);
  expect(conversation.timeline.find((event) => event.kind === 'screened')?.data).toMatchObject({
    reason: 'block_area',
    action: 'refused',
    area_zh: '广东深圳',
    area_en: 'Shenzhen, Guangdong',
  });
  await desk.page.goto(`${here.server.manifest.http_url}/conversations/${conversation.id}`);
  await desk.page.getByText('号码归属地广东深圳在黑名单上').first().waitFor();

  const entry = { list: 'allow', kind: 'number', value: friend, note: null, expires_at_us: null };
  await here.server.api('POST', '/api/v1/number-list', entry);
  for (const [from, judged] of [
    [friend, { reason: 'allow_list', action: 'accepted' }],
    [neighbour, undefined],
  ] as const) {
    const { call } = await here.call({ from });
    call.bye();
    const letIn = await endedConversationFrom(here.server, from);
    const told = letIn.timeline.find((event) => event.kind === 'screened')?.data;
    if (judged === undefined) expect(told).toBeUndefined();
    else expect(told).toMatchObject(judged);
    expect(letIn.end).toEqual({ by: 'customer', reason: 'hung_up' });
  }
  expect(desk.complaints).toEqual([]);
  await expectAtRest(here.server);
});

test('an administrator tries a number, allows it by a rule, and an agent calls it', async () => {
  const desk = await open('/settings/calling-out');
  const tryIt = async (allowed: boolean) => {
    await desk.id('try-input').fill(TRIED);
    await desk.id('try-go').click();
    await desk.page.locator(`[data-testid="try-answer"][data-allowed="${allowed}"][data-stale="false"]`).waitFor();
  };
  await tryIt(false);
  await desk.id('rule-new').click();
  await desk.id('rule-name').fill('运营商客服');
  await desk.id('rule-prefixes').locator('input').fill(`${TRIED} `);
  // What is not saved yet can be tried.
  await tryIt(true);
  await desk.id('plan-save').click();
  await until('the plan is saved', 5_000, async () => (await desk.id('plan-save').count()) === 0);
  await tryIt(true);
  expect(desk.complaints).toEqual([]);

  const before = here.phone.incomingCount() + 1;
  const agent = await here.desk('chenxiao');
  await agent.ready();
  await agent.id('dial-open').first().click();
  await agent.id('dial-number').fill(TRIED);
  await agent.id('dial-call').click();
  const call = await here.phone.incoming(before);
  await agent.inState('talking');
  await agent.id('call-hang-up').first().click();
  await call.wait('ended');
  await agent.finishWrapUp();
  await agent.close();
});

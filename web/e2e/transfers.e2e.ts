import { expect, test } from 'vitest';

import { centre } from './support/centre';
import {
  closeAll,
  CUSTOMER_HZ,
  expectNothingHeardAt,
  GIVER_HZ,
  hearsMusic,
  isReachable,
  TAKER_HZ,
  talking,
  target,
} from './support/handover';
import { faultsOf } from './support/look';
import { expectTalksKept } from './support/recordings';
import { endedConversationFrom, expectAtRest, expectNothingLeftOver, expectSound, kinds, plot } from './support/story';
import { pass, until } from './support/until';

const here = centre();
const CUSTOMER = '13800138000';

test('a colleague sees before the answer who is handed over, by whom and why; one recording keeps both talks', async () => {
  const { desk: chenxiao, call, from } = await talking(here, CUSTOMER);
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();
  await chenxiao.id('note').first().fill('要换大号\n发票抬头已核对');
  // A new offer shows the note as it is kept.
  await chenxiao.page.locator('[role="status"][data-state="saved"]').first().waitFor();
  await chenxiao.id('call-transfer').first().click();
  await isReachable(chenxiao, '林静');
  expect(await target(chenxiao, '赵磊').getAttribute('aria-disabled')).toBe('true');
  expect(await target(chenxiao, '陈晓').count()).toBe(0);
  expect(await chenxiao.id('transfer-confirm').isDisabled()).toBe(true);
  await chenxiao.page.locator('[data-testid="transfer-reason"][data-reason="specialist"]').click();
  await target(chenxiao, '林静').click();
  await chenxiao.id('transfer-confirm').click();
  await chenxiao.inState('wrap_up');
  await chenxiao.id('transfer-panel').waitFor({ state: 'detached' });

  await linjing.id('offer-card').waitFor();
  const card = await linjing.id('offer-card').innerText();
  for (const told of ['张伟', '陈晓 转来 · 需要专家']) expect(card).toContain(told);
  expect(card.replaceAll(/\s+/g, ' ')).toContain('按键 业务咨询 Sales');
  const note = linjing.id('offer-note');
  await note.waitFor({ timeout: 5_000 });
  expect(await note.innerText()).toBe('要换大号\n发票抬头已核对');
  expect(await note.locator('textarea').count()).toBe(0);
  await hearsMusic(call, GIVER_HZ);
  await linjing.accept();
  await linjing.hearsClearly(CUSTOMER_HZ, 4);
  await call.hearsClearly(TAKER_HZ);
  expect((await call.listen(GIVER_HZ, 500)).snr_db).toBeLessThan(0);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  await chenxiao.finishWrapUp();
  call.bye();
  await linjing.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const story = plot(conversation);
  expect(story).toContainEqual(expect.stringMatching(/^agent_offered .*agent_name=林静 reason=transferred/));
  expect(story).toContain('transfer_ended end=completed');
  expect(story).toContainEqual(expect.stringMatching(/^handling_ended .*agent_name=陈晓 end=transferred/));
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ agent_name: '陈晓', target: 'agent', to_name: '林静', reason: 'specialist' });

  await chenxiao.page.goto(`${here.server.manifest.http_url}/conversations/${conversation.id}`);
  const row = (kind: string) => chenxiao.page.locator(`[data-testid="timeline-row"][data-kind="${kind}"]`);
  expect(await row('transfer_started').innerText()).toContain('陈晓把客户转给林静：需要专家');
  expect(await row('transfer_ended').innerText()).toContain('转接完成，客户已转到林静');

  await expectTalksKept(here.server, conversation, CUSTOMER_HZ, [GIVER_HZ, TAKER_HZ]);
  await closeAll(here, chenxiao, linjing);
});

test('the transfer key is not lost on a page that still waits for the panel', async () => {
  const desk = await here.desk('chenxiao', GIVER_HZ);
  // Files of the page cannot be had for a moment; the page asks after the server before it asks for one.
  let isCut = true;
  let asked = 0;
  await desk.page.route(
    ({ pathname }) => pathname === '/',
    (route) => {
      asked += 1;
      return isCut ? route.abort() : route.continue();
    },
  );
  await desk.ready();
  const { call } = await here.waiting({ tone_hz: CUSTOMER_HZ });
  await desk.accept();
  await desk.page.keyboard.press('t');
  await desk.page.locator('[data-testid="call-transfer"].ant-btn-loading').waitFor();
  const before = asked;
  await until('the page asks again', 10_000, () => asked > before);
  expect(await desk.id('transfer-panel').count()).toBe(0);
  isCut = false;
  await desk.id('transfer-panel').waitFor();
  await desk.page.keyboard.type('8002');
  expect(await desk.id('transfer-search').inputValue()).toBe('8002');
  await desk.page.keyboard.press('Escape');
  call.bye();
  await desk.finishWrapUp();
  await desk.close();
  await expectAtRest(here.server);
});

test('a colleague who declines gives the customer back to whoever handed them over', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();
  await chenxiao.page.keyboard.press('t');
  await chenxiao.id('transfer-search').fill('8002');
  await isReachable(chenxiao, '林静');
  await chenxiao.page.keyboard.press('Enter');
  expect(await target(chenxiao, '林静').getAttribute('aria-selected')).toBe('true');
  await chenxiao.page.keyboard.press('Enter');
  await chenxiao.inState('wrap_up');
  await linjing.id('offer-card').waitFor();
  expect(await linjing.id('offer-transfer').innerText()).toBe('陈晓 转来');
  await linjing.id('offer-decline').click();

  await chenxiao.id('offer-card').waitFor();
  expect(await chenxiao.id('offer-transfer').innerText()).toBe('转接后无人接听，客户转回');
  await chenxiao.accept();
  await chenxiao.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(GIVER_HZ);
  await expectNothingHeardAt(linjing, CUSTOMER_HZ, GIVER_HZ);
  call.bye();
  await chenxiao.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const story = plot(conversation);
  expect(story).toContain('transfer_ended end=declined');
  expect(story).toContain('wrap_up_finished agent_name=陈晓 end=customer_back');
  expect(story).toContainEqual(expect.stringMatching(/^agent_offered .*agent_name=陈晓 reason=returned/));
  expect(kinds(conversation).filter((kind) => kind === 'handling_started')).toHaveLength(2);
  await closeAll(here, chenxiao, linjing);
});

test('a colleague who does not answer gives the customer back as well', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();
  await chenxiao.page.keyboard.press('t');
  await isReachable(chenxiao, '林静');
  await target(chenxiao, '林静').click();
  await chenxiao.id('transfer-confirm').click();
  await linjing.id('offer-card').waitFor();
  await hearsMusic(call, GIVER_HZ);
  // Twenty seconds of ringing.
  await until('the customer is back', 25_000, async () => {
    const offer = chenxiao.id('offer-transfer');
    return (await offer.count()) === 1 && (await offer.innerText()) === '转接后无人接听，客户转回';
  });
  await linjing.id('offer-card').waitFor({ state: 'detached' });
  await chenxiao.accept();
  await chenxiao.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(GIVER_HZ);
  call.bye();
  await chenxiao.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContain('transfer_ended end=no_answer');
  await closeAll(here, chenxiao, linjing);
});

test('a customer handed over to a queue goes to an agent of that queue', async () => {
  const zhaolei = await here.desk('zhaolei', TAKER_HZ);
  await zhaolei.ready();
  const { desk: chenxiao, call, from } = await talking(here);
  await chenxiao.id('call-transfer').first().click();
  await isReachable(chenxiao, '赵磊');
  // The hint of the button that was pressed is no part of the panel.
  await chenxiao.page.mouse.move(0, 0);
  await until('the hint is gone', 5_000, async () => {
    return (await chenxiao.page.locator('.ant-tooltip:not(.ant-tooltip-hidden)').count()) === 0;
  });
  expect(await faultsOf(chenxiao.page, 'transfer-panel')).toEqual([]);
  await chenxiao.id('transfer-search').fill('售后');
  await until('the queue says who is there for it', 5_000, async () => {
    return (await target(chenxiao, '售后服务 Service').innerText()).includes('1 位坐席示闲');
  });
  await target(chenxiao, '售后服务 Service').click();
  await chenxiao.id('transfer-confirm').click();
  await chenxiao.inState('wrap_up');

  await zhaolei.id('offer-card').waitFor();
  expect(await zhaolei.id('offer-card').innerText()).toContain('售后服务 Service');
  await zhaolei.accept();
  await zhaolei.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(TAKER_HZ);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  call.bye();
  await zhaolei.finishWrapUp();
  await chenxiao.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ agent_name: '陈晓', target: 'queue', to_name: '售后服务 Service' });
  const story = plot(conversation);
  expect(story).toContain('transfer_ended end=completed');
  expect(story).toContainEqual(expect.stringMatching(/^queued queue_name=售后服务 Service/));
  expect(story).toContainEqual(expect.stringMatching(/^handling_started .*agent_name=赵磊/));
  await closeAll(here, chenxiao, zhaolei);
});

test('a customer handed over to a flow is greeted again, chooses anew, and the next agent has them', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();
  await chenxiao.id('call-transfer').first().click();
  await target(chenxiao, '服务热线 Hotline').click();
  await chenxiao.id('transfer-confirm').click();
  await chenxiao.inState('wrap_up');
  await until('the greeting is heard and nobody', 5_000, async () => {
    const heard = await call.listen(GIVER_HZ, 300);
    return heard.snr_db < 0 && heard.level_dbov > -35;
  });
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ);
  await call.press('1');
  await linjing.accept();
  await linjing.hearsClearly(CUSTOMER_HZ, 4);
  await call.hearsClearly(TAKER_HZ);
  expect((await call.listen(GIVER_HZ, 500)).snr_db).toBeLessThan(0);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  await chenxiao.finishWrapUp();
  call.bye();
  await linjing.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const seen = kinds(conversation);
  expect(seen.lastIndexOf('flow_node_entered')).toBeGreaterThan(seen.indexOf('transfer_started'));
  const story = plot(conversation);
  expect(story).toContain('transfer_ended end=completed');
  expect(story).toContainEqual(expect.stringMatching(/^handling_started .*agent_name=林静/));
  await expectTalksKept(here.server, conversation, CUSTOMER_HZ, [GIVER_HZ, TAKER_HZ]);
  await closeAll(here, chenxiao, linjing);
});

test('a customer lent to a flow leaves a message there and comes back, with what they pressed on the desk before the answer', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  await chenxiao.id('call-transfer').first().click();
  await target(chenxiao, '服务热线 Hotline').click();
  await chenxiao.id('transfer-come-back').click();
  await chenxiao.id('transfer-confirm').click();
  await chenxiao.inState('wrap_up');
  await until('the flow is heard and nobody', 5_000, async () => {
    const heard = await call.listen(GIVER_HZ, 300);
    return heard.snr_db < 0 && heard.level_dbov > -35;
  });
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ);
  await call.press('6');
  // What is pressed too early is dropped; only the message waits for it.
  const offer = chenxiao.id('offer-card');
  await until('the customer is back', 40_000, async () => {
    if ((await offer.count()) > 0) return true;
    await call.press('#');
    await pass(2_000);
    return false;
  });
  expect(await chenxiao.id('offer-transfer').innerText()).toBe('流程结束，客户转回给您');
  expect(await offer.innerText()).toContain('业务咨询 Sales › 留言 Leave a message');
  await hearsMusic(call, GIVER_HZ);
  await chenxiao.accept();
  await chenxiao.hearsClearly(CUSTOMER_HZ, 4);
  await call.hearsClearly(GIVER_HZ);
  call.bye();
  await chenxiao.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const story = plot(conversation);
  expect(story).toContain('transfer_ended end=returned');
  expect(story).toContain('wrap_up_finished agent_name=陈晓 end=customer_back');
  expect(story).toContainEqual(expect.stringMatching(/^agent_offered .*agent_name=陈晓 reason=came_back/));
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ kind: 'loan', target: 'flow', to_name: '服务热线 Hotline' });
  await chenxiao.page.goto(`${here.server.manifest.http_url}/conversations/${conversation.id}`);
  const row = (kind: string) => chenxiao.page.locator(`[data-testid="timeline-row"][data-kind="${kind}"]`);
  expect(await row('transfer_started').innerText()).toMatch(/陈晓 ?让客户听流程 ?服务热线 Hotline ?，听完转回/);
  expect(await row('transfer_ended').innerText()).toMatch(/流程 ?服务热线 Hotline ?结束，客户转回/);
  await closeAll(here, chenxiao);
});

test('nothing is left over', async () => {
  await expectNothingLeftOver(here.server);
});

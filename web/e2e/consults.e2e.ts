import { expect, test } from 'vitest';

import { centre } from './support/centre';
import type { Desk } from './support/desk';
import {
  closeAll,
  consultIs,
  consultIsOver,
  CUSTOMER_HZ,
  expectNothingHeardAt,
  GIVER_HZ,
  hearsBoth,
  hearsMusic,
  isReachable,
  TAKER_HZ,
  talking,
  target,
} from './support/handover';
import { type Call, MIXED_SNR_DB } from './support/phone';
import { audio, recordingsOf, sealedOf, secondsTo } from './support/recordings';
import { endedConversationFrom, expectNothingLeftOver, expectSound, plot } from './support/story';
import { pass, until } from './support/until';
import { readWav, toneDb } from './support/wav';

const here = centre();
const CUSTOMER = '13800138000';
const OWN_DB_MAX = -60;

/** 陈晓 asks 林静, who answers. */
async function ask(chenxiao: Desk, linjing: Desk, reason?: string) {
  await chenxiao.page.keyboard.press('t');
  await isReachable(chenxiao, '林静');
  if (reason !== undefined) {
    await chenxiao.page.locator(`[data-testid="transfer-reason"][data-reason="${reason}"]`).click();
  }
  await target(chenxiao, '林静').click();
  await chenxiao.id('consult-confirm').click();
  await chenxiao.id('transfer-panel').waitFor({ state: 'detached' });
  await consultIs(chenxiao, 'ringing');
  await linjing.id('offer-card').waitFor();
}

/** The customer hears music, the two agents each other and nobody else. */
async function expectPrivate(chenxiao: Desk, linjing: Desk, call: Call) {
  await chenxiao.hearsClearly(TAKER_HZ);
  await linjing.hearsClearly(GIVER_HZ);
  await hearsMusic(call, GIVER_HZ, TAKER_HZ);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, GIVER_HZ);
  await expectNothingHeardAt(linjing, CUSTOMER_HZ, TAKER_HZ);
}

test('a colleague is asked, all three talk, the colleague takes the customer; one recording keeps who was heard', async () => {
  const { desk: chenxiao, call, from } = await talking(here, CUSTOMER);
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();
  await ask(chenxiao, linjing, 'specialist');
  await hearsMusic(call, GIVER_HZ);
  expect(await linjing.id('offer-transfer').innerText()).toBe('陈晓 向您咨询 · 需要专家，接听后先与同事通话');
  expect(await linjing.id('offer-card').innerText()).toContain('张伟');
  await linjing.accept();
  await consultIs(chenxiao, 'private');
  await consultIs(linjing, 'private');
  await expectPrivate(chenxiao, linjing, call);
  expect(await chenxiao.id('consult-state').first().innerText()).toBe('正在咨询 林静');
  expect(await linjing.id('consult-state').first().innerText()).toBe('陈晓 向您咨询，客户听不到 · 需要专家');
  await chenxiao.page.keyboard.press('j');
  await consultIs(linjing, 'joined');
  await hearsBoth(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  await hearsBoth(linjing, CUSTOMER_HZ, GIVER_HZ);
  await call.hearsMixed(GIVER_HZ, TAKER_HZ);
  // The window leaks a little of the two that are heard into the third.
  expect((await chenxiao.hears(GIVER_HZ, 600)).level_db).toBeLessThan(OWN_DB_MAX);
  expect((await linjing.hears(TAKER_HZ, 600)).level_db).toBeLessThan(OWN_DB_MAX);
  await linjing.id('call-mute').first().click();
  await call.hearsClearly(GIVER_HZ);
  await linjing.id('call-mute').first().click();
  await until('the customer hears the colleague again', 5_000, async () => {
    return (await call.listen(TAKER_HZ, 400)).snr_db > MIXED_SNR_DB;
  });
  await pass(1_500);

  await chenxiao.id('consult-complete').first().click();
  await chenxiao.inState('wrap_up');
  await consultIsOver(linjing);
  await linjing.hearsClearly(CUSTOMER_HZ, 4);
  await call.hearsClearly(TAKER_HZ);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  await chenxiao.finishWrapUp();
  call.bye();
  await linjing.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ kind: 'consult', agent_name: '陈晓', to_name: '林静', reason: 'specialist' });
  const story = plot(conversation);
  expect(story).toContainEqual(expect.stringMatching(/^agent_offered .*agent_name=林静 reason=consulted/));
  expect(story).toContain('transfer_ended end=completed');
  expect(story).toContainEqual(expect.stringMatching(/^handling_ended .*agent_name=陈晓 end=transferred/));
  await chenxiao.page.goto(`${here.server.manifest.http_url}/conversations/${conversation.id}`);
  const row = (kind: string) => chenxiao.page.locator(`[data-testid="timeline-row"][data-kind="${kind}"]`);
  expect(await row('transfer_started').innerText()).toContain('陈晓就此客户咨询林静：需要专家');
  expect(await row('transfer_joined').innerText()).toContain('客户与两位坐席三方通话，林静加入');
  expect(await row('transfer_ended').innerText()).toContain('咨询后客户转给林静');

  const sealed = await sealedOf(here.server, conversation.id, 5_000);
  expect(await recordingsOf(here.server, conversation.id)).toHaveLength(1);
  const wav = readWav((await audio(here.server, sealed.id)).bytes);
  const when = (kind: string, nth = 0) =>
    secondsTo(conversation.timeline.filter((event) => event.kind === kind)[nth]!, sealed);
  const secret = [when('handling_started', 1) + 1, when('transfer_joined') - 0.5] as const;
  const three = [when('transfer_ended') - 1.4, when('transfer_ended') - 0.2] as const;
  const handed = [when('transfer_ended') + 1, when('handling_ended', 1) - 0.5] as const;
  const loud = (side: 'left' | 'right', hz: number, stretch: readonly [number, number]) =>
    toneDb(wav, side, hz, ...stretch);
  // Nobody hears the customer while the two talk, so nothing of the customer is kept.
  expect(loud('left', CUSTOMER_HZ, secret)).toBeLessThan(-60);
  for (const stretch of [secret, three]) {
    for (const hz of [GIVER_HZ, TAKER_HZ]) expect(loud('right', hz, stretch)).toBeGreaterThan(-40);
  }
  expect(loud('left', CUSTOMER_HZ, three)).toBeGreaterThan(-40);
  expect(loud('left', CUSTOMER_HZ, handed)).toBeGreaterThan(-30);
  const taker = loud('right', TAKER_HZ, handed);
  expect(taker).toBeGreaterThan(-40);
  expect(loud('right', GIVER_HZ, handed) - taker).toBeLessThan(-40);
  for (const hz of [GIVER_HZ, TAKER_HZ]) {
    for (const stretch of [secret, three, handed]) expect(loud('left', hz, stretch)).toBeLessThan(-60);
  }
  await closeAll(here, chenxiao, linjing);
});

test('whoever asked goes on with the customer: the colleague declines, is let go, and leaves by themselves', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();
  const backWithTheCustomer = async () => {
    await consultIsOver(chenxiao);
    await chenxiao.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(GIVER_HZ);
    await expectNothingHeardAt(linjing, CUSTOMER_HZ, GIVER_HZ);
  };
  await ask(chenxiao, linjing);
  await linjing.id('offer-decline').click();
  await backWithTheCustomer();
  // Turning a colleague down takes nobody's readiness away.
  await linjing.inState('ready');

  await ask(chenxiao, linjing);
  await linjing.accept();
  await consultIs(chenxiao, 'private');
  await chenxiao.hearsClearly(TAKER_HZ);
  await chenxiao.page.keyboard.press('Shift+D');
  await backWithTheCustomer();
  await linjing.inState('ready');

  await ask(chenxiao, linjing);
  await linjing.accept();
  await consultIs(linjing, 'private');
  await linjing.id('consult-leave').first().click();
  await backWithTheCustomer();
  await linjing.inState('ready');

  await ask(chenxiao, linjing);
  await chenxiao.id('consult-drop').first().click();
  await linjing.id('offer-card').waitFor({ state: 'detached' });
  await backWithTheCustomer();
  call.bye();
  await chenxiao.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const ends = conversation.timeline.filter(({ kind }) => kind === 'transfer_ended').map(({ data }) => data.end);
  expect(ends).toEqual(['declined', 'dropped', 'colleague_left', 'dropped']);
  await closeAll(here, chenxiao, linjing);
});

test('whoever asked reloads the page in the middle and finds the consult; the customer leaves and both are free', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();
  await ask(chenxiao, linjing);
  await linjing.accept();
  await consultIs(chenxiao, 'private');
  await chenxiao.page.reload();
  await consultIs(chenxiao, 'private');
  await expectPrivate(chenxiao, linjing, call);
  call.bye();
  await chenxiao.finishWrapUp();
  await linjing.inState('ready');
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContain('transfer_ended end=customer_left');
  await closeAll(here, chenxiao, linjing);
});

test('nothing is left over', async () => {
  await expectNothingLeftOver(here.server);
});

import { beforeAll, expect, test } from 'vitest';

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
  TAKER_HZ,
  talking,
  typeNumber,
} from './support/handover';
import type { Call } from './support/phone';
import { audio, recordingsOf, sealedOf, secondsTo } from './support/recordings';
import { type Conversation, endedConversationFrom, expectNothingLeftOver, expectSound, plot } from './support/story';
import { pass, until } from './support/until';
import { readWav, toneDb } from './support/wav';

const here = centre(TAKER_HZ);
/** In the range the example may dial, and nobody's who calls here. */
const FAR = '138 0013 8001';
/** In no range it may dial. */
const FORBIDDEN = '10086';
const REFUSED = '此号码不在允许外呼的范围内';

// The telephone that calls is the one that is called; it rings until a story answers.
beforeAll(() => here.phone.send({ op: 'incoming', mode: 'ring' }));

/** What rings at the number outside after `act`. */
async function rings(act: () => Promise<unknown>): Promise<Call> {
  const next = here.phone.incomingCount() + 1;
  await act();
  const far = await here.phone.incoming(next);
  await far.wait('offered');
  return far;
}

async function handOver(desk: Desk) {
  const row = await typeNumber(desk, FAR);
  await desk.page.keyboard.press('Enter');
  expect(await row.getAttribute('aria-selected')).toBe('true');
  await desk.page.keyboard.press('Enter');
  await desk.inState('wrap_up');
  await desk.id('transfer-panel').waitFor({ state: 'detached' });
}

async function ask(desk: Desk) {
  const row = await typeNumber(desk, FAR);
  await row.click();
  await desk.id('consult-confirm').click();
  await desk.id('transfer-panel').waitFor({ state: 'detached' });
  await consultIs(desk, 'ringing');
}

/** What the desk says of the conversation afterwards. */
async function told(desk: Desk, conversation: Conversation) {
  await desk.page.goto(`${here.server.manifest.http_url}/conversations/${conversation.id}`);
  const row = (kind: string) => desk.page.locator(`[data-testid="timeline-row"][data-kind="${kind}"]`).last();
  await row('conversation_ended').waitFor();
  return (kind: string) => row(kind).innerText();
}

/** Refused requests are written down by the browser. */
function expectOnlyRefusals(desk: Desk) {
  expect(desk.complaints.filter((line) => !/\b4\d\d\b/.test(line))).toEqual([]);
  desk.complaints.length = 0;
}

const transferEnds = ({ timeline }: Conversation) =>
  timeline.filter(({ kind }) => kind === 'transfer_ended').map(({ data }) => data.end);

test('a customer is handed over to a number outside and talks to whoever answers there', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const far = await rings(() => handOver(chenxiao));
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ);
  await far.answer(TAKER_HZ);
  await far.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(TAKER_HZ);
  expect((await call.listen(GIVER_HZ, 500)).snr_db).toBeLessThan(0);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  await chenxiao.finishWrapUp();
  await call.hearsClearly(TAKER_HZ);
  call.bye();
  expect((await far.wait('ended')).by).toBe('peer');

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(conversation.end).toMatchObject({ by: 'customer', reason: 'hung_up' });
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ kind: 'blind', target: 'outside', agent_name: '陈晓' });
  expect(started.data.to_id ?? null).toBeNull();
  expect(transferEnds(conversation)).toEqual(['completed']);
  expect(plot(conversation)).toContainEqual(expect.stringMatching(/^leg_joined .*role=outside/));
  const says = await told(chenxiao, conversation);
  expect(await says('transfer_started')).toContain('陈晓把客户转给外部号码 138');
  expect(await says('transfer_ended')).toContain('转接完成，客户已转到外部号码 138');
  expect(await chenxiao.id('lanes').innerText()).toContain('138');
  await closeAll(here, chenxiao);
});

test('a supervisor ends from the floor the call of a customer whom no agent is with', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const far = await rings(() => handOver(chenxiao));
  await far.answer(TAKER_HZ);
  await call.hearsClearly(TAKER_HZ);
  await chenxiao.finishWrapUp();

  const sunyue = await here.desk('sunyue');
  await sunyue.page.goto(`${here.server.manifest.http_url}/floor`);
  const row = sunyue.id('floor-away-row');
  await row.waitFor();
  expect(await row.getAttribute('data-kind')).toBe('forwarded');
  expect(await row.innerText()).toContain('与 138****8001 通话，陈晓 转出');
  await row.getByTestId('away-end').click();
  await sunyue.page.locator('.ant-popconfirm .ant-btn-primary').click();
  const ends = await Promise.all([far.wait('ended'), call.wait('ended')]);
  expect(ends.map(({ by }) => by)).toEqual(['peer', 'peer']);
  await row.waitFor({ state: 'detached' });

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(conversation.end).toMatchObject({ by: 'system', reason: 'hung_up' });
  const says = await told(sunyue, conversation);
  expect(await says('conversation_ended')).toContain('会话结束：系统，挂机');
  // The supervisor took no calls and is signed in to nothing.
  await sunyue.context.browser()?.close();
  await closeAll(here, chenxiao);
});

test('a number that is busy or declines gives the customer back to whoever handed them over', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  for (const code of [486, 603]) {
    const far = await rings(() => handOver(chenxiao));
    far.reject(code);
    await chenxiao.id('offer-card').waitFor();
    expect(await chenxiao.id('offer-transfer').innerText()).toBe('转接后无人接听，客户转回');
    await chenxiao.accept();
    await chenxiao.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(GIVER_HZ);
  }
  call.bye();
  await chenxiao.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(transferEnds(conversation)).toEqual(['busy', 'declined']);
  const back = plot(conversation).filter((line) => /^agent_offered .*agent_name=陈晓 reason=returned/.test(line));
  expect(back).toHaveLength(2);
  await closeAll(here, chenxiao);
});

test('a number outside is asked, all three talk, and the customer stays with it until it hangs up', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const far = await rings(() => ask(chenxiao));
  const state = () => chenxiao.id('consult-state').first().innerText();
  expect(await state()).toContain('正在呼叫 138');
  await hearsMusic(call, GIVER_HZ);
  await far.answer(TAKER_HZ);
  await consultIs(chenxiao, 'private');
  expect(await state()).toMatch(/^正在与 138.*通话，客户听音乐$/);
  await chenxiao.hearsClearly(TAKER_HZ);
  await far.hearsClearly(GIVER_HZ);
  await hearsMusic(call, GIVER_HZ, TAKER_HZ);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ);
  expect((await far.listen(CUSTOMER_HZ, 500)).snr_db).toBeLessThan(0);

  // A machine there may ask for a key, which is none of the customer's.
  await chenxiao.id('keypad-open').click();
  await chenxiao.id('keypad-key-7').click();
  await until('the number outside heard the key', 10_000, () => far.events('digit_heard').length === 1);
  expect(far.events('digit_heard').map((heard) => heard.key)).toEqual(['7']);
  expect(call.events('digit_heard')).toEqual([]);
  await chenxiao.page.keyboard.press('Escape');
  await pass(1_500);
  await chenxiao.page.keyboard.press('j');
  await consultIs(chenxiao, 'joined');
  await hearsBoth(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  await call.hearsAll(GIVER_HZ, TAKER_HZ);
  await far.hearsAll(CUSTOMER_HZ, GIVER_HZ);
  await pass(1_500);

  await chenxiao.id('consult-complete').first().click();
  await chenxiao.inState('wrap_up');
  await far.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(TAKER_HZ);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  await chenxiao.finishWrapUp();
  await pass(1_500);
  far.bye();
  expect((await call.wait('ended')).by).toBe('peer');

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(conversation.end).toMatchObject({ by: 'outside', reason: 'hung_up' });
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ kind: 'consult', target: 'outside', agent_name: '陈晓' });
  expect(transferEnds(conversation)).toEqual(['completed']);
  const says = await told(chenxiao, conversation);
  expect(await says('transfer_started')).toContain('陈晓就此客户咨询外部号码 138');
  expect(await says('transfer_joined')).toContain('客户、坐席与外部号码 138');
  expect(await says('conversation_ended')).toContain('会话结束：外部号码，挂机');

  const sealed = await sealedOf(here.server, conversation.id, 5_000);
  expect(await recordingsOf(here.server, conversation.id)).toHaveLength(1);
  const wav = readWav((await audio(here.server, sealed.id)).bytes);
  const at = (kind: string) => secondsTo(conversation.timeline.filter((event) => event.kind === kind).at(-1)!, sealed);
  const secret = [at('leg_joined') + 1, at('transfer_joined') - 0.5] as const;
  const three = [at('transfer_ended') - 1.4, at('transfer_ended') - 0.2] as const;
  const handed = [at('transfer_ended') + 1, at('conversation_ended') - 0.5] as const;
  const loud = (side: 'left' | 'right', hz: number, stretch: readonly [number, number]) =>
    toneDb(wav, side, hz, ...stretch);
  // Nobody hears the customer while the two talk, so nothing of the customer is kept.
  expect(loud('left', CUSTOMER_HZ, secret)).toBeLessThan(-60);
  for (const stretch of [secret, three]) {
    for (const hz of [GIVER_HZ, TAKER_HZ]) expect(loud('right', hz, stretch)).toBeGreaterThan(-40);
  }
  for (const stretch of [three, handed]) expect(loud('left', CUSTOMER_HZ, stretch)).toBeGreaterThan(-40);
  expect(loud('right', TAKER_HZ, handed)).toBeGreaterThan(-40);
  expect(loud('right', GIVER_HZ, handed)).toBeLessThan(-60);
  for (const hz of [GIVER_HZ, TAKER_HZ]) {
    for (const stretch of [secret, three, handed]) expect(loud('left', hz, stretch)).toBeLessThan(-60);
  }
  await closeAll(here, chenxiao);
});

test('whoever asked goes on with the customer: the number is busy, hangs up, and is let go', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const backWithTheCustomer = async () => {
    await consultIsOver(chenxiao);
    await chenxiao.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(GIVER_HZ);
  };
  const busy = await rings(() => ask(chenxiao));
  busy.reject();
  await backWithTheCustomer();

  const leaves = await rings(() => ask(chenxiao));
  await leaves.answer(TAKER_HZ);
  await consultIs(chenxiao, 'private');
  leaves.bye();
  await backWithTheCustomer();

  const dropped = await rings(() => ask(chenxiao));
  await dropped.answer(TAKER_HZ);
  await consultIs(chenxiao, 'private');
  await chenxiao.page.keyboard.press('Shift+D');
  expect((await dropped.wait('ended')).by).toBe('peer');
  await backWithTheCustomer();

  call.bye();
  await chenxiao.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(transferEnds(conversation)).toEqual(['busy', 'colleague_left', 'dropped']);
  await closeAll(here, chenxiao);
});

test('a number that no rule allows is refused in words, and nothing happens to the customer', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const row = await typeNumber(chenxiao, FORBIDDEN);
  await row.click();
  for (const button of ['consult-confirm', 'transfer-confirm']) {
    await chenxiao.id(button).click();
    await chenxiao.id('toast').filter({ hasText: REFUSED }).waitFor();
    await chenxiao.id('toast').filter({ hasText: REFUSED }).waitFor({ state: 'detached' });
    expect(await chenxiao.id('transfer-panel').isVisible()).toBe(true);
  }
  await chenxiao.page.keyboard.press('Escape');
  await chenxiao.inState('talking');
  await chenxiao.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(GIVER_HZ);
  call.bye();
  await chenxiao.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expect(plot(conversation).filter((line) => line.startsWith('transfer'))).toEqual([]);
  expectOnlyRefusals(chenxiao);
  await closeAll(here, chenxiao);
});

test('nothing is left over', async () => {
  await expectNothingLeftOver(here.server);
});

import { expect, test } from 'vitest';

import { centre } from './support/centre';
import {
  closeAll,
  CUSTOMER_HZ,
  expectNothingHeardAt,
  GIVER_HZ,
  hearsMusic,
  TAKER_HZ,
  talking,
} from './support/handover';
import { audio, sealedOf, secondsTo } from './support/recordings';
import { endedConversationFrom, expectSound, plot } from './support/story';
import { pass, until } from './support/until';
import { readWav, toneDb } from './support/wav';

const here = centre();
const CUSTOMER = '13800138000';

test('a parked customer hears music until a colleague picks them up; the recording goes on and keeps nobody who was not heard', async () => {
  const { desk: chenxiao, call, from } = await talking(here, CUSTOMER);
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();
  await chenxiao.page.keyboard.press('t');
  const park = chenxiao.page.locator('[data-testid="transfer-target"][data-kind="park"]');
  await chenxiao.page.locator('[data-testid="transfer-reason"][data-reason="specialist"]').click();
  await park.click();
  await chenxiao.id('transfer-confirm').click();
  await chenxiao.inState('wrap_up');
  await hearsMusic(call, GIVER_HZ, TAKER_HZ);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  await pass(1_500);

  await until('the colleague sees who is parked', 5_000, async () => {
    return (await linjing.id('parked-open').getAttribute('data-count')) === '1';
  });
  await linjing.id('parked-open').click();
  const row = linjing.id('parked-panel').getByTestId('parked-row');
  const told = await row.innerText();
  for (const word of ['张伟', '陈晓', '需要专家']) expect(told).toContain(word);
  await row.getByTestId('parked-pick-up').click();
  await linjing.inState('talking');
  await linjing.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(TAKER_HZ);
  await expectNothingHeardAt(chenxiao, CUSTOMER_HZ, TAKER_HZ);
  await until('nobody is parked any more', 5_000, async () => {
    return (await chenxiao.id('parked-open').getAttribute('data-count')) === '0';
  });
  await pass(1_500);
  await chenxiao.finishWrapUp();
  call.bye();
  await linjing.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const story = plot(conversation);
  expect(story).toContainEqual(expect.stringMatching(/^agent_offered .*agent_name=林静 reason=picked_up/));
  expect(story).toContain('transfer_ended end=completed');
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ kind: 'park', target: 'park', agent_name: '陈晓', reason: 'specialist' });
  const sealed = await sealedOf(here.server, conversation.id, 5_000);
  const wav = readWav((await audio(here.server, sealed.id)).bytes);
  const when = (kind: string) =>
    secondsTo(
      conversation.timeline.find((event) => event.kind === kind)!,
      sealed,
    );
  const parked = [when('transfer_started') + 0.5, when('transfer_ended') - 0.3] as const;
  const after = [when('transfer_ended') + 0.5, when('transfer_ended') + 1.5] as const;
  for (const hz of [GIVER_HZ, TAKER_HZ]) expect(toneDb(wav, 'right', hz, ...parked)).toBeLessThan(-50);
  expect(toneDb(wav, 'right', TAKER_HZ, ...after)).toBeGreaterThan(-40);
  expect(toneDb(wav, 'left', CUSTOMER_HZ, ...after)).toBeGreaterThan(-30);
  await closeAll(here, chenxiao, linjing);
});

test('whoever parked a customer picks them up again out of the wrap-up, by a key', async () => {
  const { desk: chenxiao, call } = await talking(here);
  await chenxiao.page.keyboard.press('Shift+P');
  await chenxiao.inState('wrap_up');
  await hearsMusic(call, GIVER_HZ);
  await until('the customer is in the list', 5_000, async () => {
    return (await chenxiao.id('parked-open').getAttribute('data-count')) === '1';
  });
  await chenxiao.page.keyboard.press('Shift+U');
  await chenxiao.inState('talking');
  await chenxiao.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(GIVER_HZ);
  call.bye();
  await chenxiao.finishWrapUp();
  await closeAll(here, chenxiao);
});

test('keys from the desk reach the telephone at the far side in order, and stand nowhere', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  await chenxiao.id('keypad-open').click();
  await chenxiao.id('keypad-key-5').click();
  await chenxiao.page.keyboard.type('20#');
  await until('the far side heard four keys', 10_000, () => call.events('digit_heard').length >= 4);
  expect(call.events('digit_heard').map((heard) => heard.key)).toEqual(['5', '2', '0', '#']);
  for (const heard of call.events('digit_heard')) expect(heard.length_ms).toBeGreaterThanOrEqual(80);
  await chenxiao.page.keyboard.press('Escape');
  await call.hearsClearly(GIVER_HZ);
  call.bye();
  await chenxiao.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expect(JSON.stringify(conversation)).not.toContain('520#');
  expect(plot(conversation).filter((line) => /key|digit/.test(line))).toEqual([]);
  await closeAll(here, chenxiao);
});

test('a supervisor gives a waiting customer to an agent, takes the next one, and decides who is ready', async () => {
  const linjing = await here.desk('linjing', TAKER_HZ);
  await linjing.ready();
  const sunyue = await here.desk('sunyue', GIVER_HZ);
  await sunyue.ready();
  await sunyue.page.goto(`${here.server.manifest.http_url}/floor`);
  const tile = sunyue.id('floor-agent-tile').filter({ hasText: '林静' });
  await tile.getByTestId('floor-force').click();
  await sunyue.id('force-not-ready').click();
  await linjing.inState('not_ready');
  await linjing.page.getByText('班长已将您置忙').first().waitFor();
  await sunyue.page.keyboard.press('Escape');
  await sunyue.id('agent-state').first().waitFor();

  const first = await here.waiting({ tone_hz: CUSTOMER_HZ });
  await sunyue.id('floor-waiting-row').first().waitFor();
  await sunyue.id('waiting-give').first().click();
  await sunyue.page.locator('[data-testid="give-agent"]').filter({ hasText: '林静' }).click();
  await linjing.id('offer-card').waitFor();
  expect(await linjing.id('offer-transfer').innerText()).toBe('班长把这位客户分配给您');
  await linjing.accept();
  await linjing.hearsClearly(CUSTOMER_HZ);
  await first.call.hearsClearly(TAKER_HZ);

  const second = await here.waiting({ tone_hz: CUSTOMER_HZ });
  await sunyue.id('waiting-take').first().click();
  await sunyue.inState('talking');
  await sunyue.hearsClearly(CUSTOMER_HZ);
  await second.call.hearsClearly(GIVER_HZ);

  for (const { call } of [first, second]) call.bye();
  await linjing.finishWrapUp();
  // The wrap-up is done at the desk.
  await sunyue.page.getByRole('link', { name: '工作台' }).first().click();
  await sunyue.finishWrapUp();
  await sunyue.page.goto(`${here.server.manifest.http_url}/floor`);
  for (const [caller, who] of [
    [first, '林静'],
    [second, '孙悦'],
  ] as const) {
    const story = plot(await endedConversationFrom(here.server, caller.from));
    expect(story).toContainEqual(
      expect.stringMatching(new RegExp(`^agent_offered .*agent_name=${who} reason=assigned`)),
    );
  }
  await tile.getByTestId('floor-force').click();
  await sunyue.id('force-sign-out').click();
  await sunyue.page.locator('.ant-popconfirm').getByRole('button', { name: '强制签出' }).click();
  await linjing.inState('signed_out');
  await linjing.page.getByText('班长已将您强制签出').first().waitFor();
  expect(linjing.complaints).toEqual([]);
  await linjing.context.browser()?.close();
  await closeAll(here, sunyue);
});
